'use client';
import type { Person } from '@parvis/contract/shape';
import { useSelectedLayoutSegments } from 'next/navigation';
import { createContext, type ReactNode, use, useMemo, useState } from 'react';

interface Frame {
  /** The person who looks at this screen. */
  readonly person: Person;
  /** On a phone the side panel takes the screen; tell the frame when one opens or closes. */
  readonly showSide: (open: boolean) => void;
}

const FrameContext = createContext<Frame | null>(null);

export function useFrame(): Frame {
  const frame = use(FrameContext);
  if (frame === null) throw new Error('useFrame outside of the house');
  return frame;
}

/** Pages that are one sheet, without a list column. */
const withoutList = new Set<string | null>([
  null,
  'inbox',
  'meetings',
  'meeting',
  'messages',
  'people',
  'retention',
  'settings',
  'status',
  'search',
  'tasks',
  'threads',
  'trash',
]);

/** The grid of the shell. On a phone one column shows at a time: the space's list, the thing, or its side panel. */
export function AppFrame({ person, children }: { person: Person; children: ReactNode }) {
  const [segment = null, below] = useSelectedLayoutSegments();
  const [sideOf, setSideOf] = useState<string | null>(null);
  const noList = withoutList.has(segment) || (segment === 'docs' && below === undefined);
  const inThing = !noList && segment !== 'space';
  const view = sideOf !== null && sideOf === segment ? 'side' : segment === 'space' ? 'list' : 'thing';
  const frame = useMemo<Frame>(
    () => ({ person, showSide: (open) => setSideOf(open ? segment : null) }),
    [person, segment],
  );
  return (
    <FrameContext value={frame}>
      <div
        className="p-app"
        data-view={view}
        data-no-list={noList || undefined}
        data-deep={inThing || undefined}
      >
        {children}
      </div>
    </FrameContext>
  );
}
