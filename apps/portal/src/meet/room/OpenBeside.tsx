'use client';
import { Button } from '@parvis/ui/Button';
import { useState } from 'react';
import { useProblem } from '../../problems/useProblem.ts';

interface Props {
  /** Null for a meeting that lies in no space: there is nowhere to put anything. */
  readonly spaceId: string | null;
  readonly says: { readonly none: string; readonly nowhere: string; readonly open: string };
  readonly onOpen: (spaceId: string) => Promise<unknown>;
}

/** What stands beside a meeting and is not there yet: somebody makes it in the space, and it stays. */
export function OpenBeside({ spaceId, says, onOpen }: Props) {
  const problem = useProblem();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  async function open(space: string) {
    setBusy(true);
    try {
      await onOpen(space);
    } catch (failed) {
      setError(problem(failed));
      setBusy(false);
    }
  }
  return (
    <div className="meet-panel-note">
      <p>{spaceId === null ? says.nowhere : says.none}</p>
      {error !== undefined && <p className="p-error">{error}</p>}
      {spaceId !== null && (
        <Button kind="main" busy={busy} onClick={() => void open(spaceId)}>
          {says.open}
        </Button>
      )}
    </div>
  );
}
