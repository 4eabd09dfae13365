'use client';
import { call } from '@parvis/contract/call';
import type { RoomState } from '@parvis/contract/meet-room';
import { getListening, type Listening } from '@parvis/contract/meet-transcript';
import { useCallback, useEffect, useState } from 'react';
import { mine, type Visit } from '../visit.ts';

/** What the scribe does here and whether I agreed, asked again whenever the room says that it changed. */
export function useListening(visit: Visit, { recording, captions }: RoomState, joined: boolean) {
  const [listening, setListening] = useState<Listening | null>(null);
  const look = useCallback(
    () => call(getListening, mine(visit)).then(setListening, () => undefined),
    [visit],
  );
  const changed = `${recording.state} ${recording.picture === true} ${captions.state} ${captions.transcript}`;
  useEffect(() => {
    // A room that says something new is asked what it is; an encrypted one has nothing to say.
    if (joined && changed !== '' && !visit.encrypted) void look();
  }, [joined, changed, visit.encrypted, look]);
  return { listening, look };
}
