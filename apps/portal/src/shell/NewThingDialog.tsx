'use client';
import { call } from '@parvis/contract/call';
import type { Space } from '@parvis/contract/directory';
import { createFolder } from '@parvis/contract/drive';
import { createMeeting } from '@parvis/contract/meet';
import { Button } from '@parvis/ui/Button';
import { Dialog } from '@parvis/ui/Dialog';
import { TextField } from '@parvis/ui/TextField';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useProblem } from '../problems/useProblem.ts';
import { wayTo } from './resource-way.ts';

export type NewKind = 'folder' | 'meeting';

/** Makes the thing and answers it. */
function make(kind: NewKind, space: Space, name: string) {
  if (kind === 'folder') return call(createFolder, { parentId: space.id, name });
  return call(createMeeting, { spaceId: space.id, title: name });
}

/** Asks for the name of a new thing, makes it and goes there. */
export function NewThingDialog({ kind, space, close }: { kind: NewKind; space: Space; close: () => void }) {
  const t = useTranslations('shell');
  const problem = useProblem();
  const router = useRouter();
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | undefined>();

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    try {
      const thing = await make(kind, space, name);
      close();
      router.push(wayTo(thing));
      router.refresh();
    } catch (refusal) {
      setBusy(false);
      setError(problem(refusal));
    }
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={t(`newThing.${kind}`)}
      closeLabel={t('close')}
      actions={
        <>
          <Button kind="quiet" onClick={close}>
            {t('cancel')}
          </Button>
          <Button kind="main" type="submit" form="new-thing" busy={busy}>
            {t('create')}
          </Button>
        </>
      }
    >
      <form id="new-thing" className="p-form" onSubmit={submit}>
        <TextField
          label={t('name')}
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={error}
          required
          autoFocus
        />
      </form>
    </Dialog>
  );
}
