'use client';
import { RoomState } from '@parvis/contract/shapes/meet-room';
import type { Room } from 'livekit-client';
import { useMemo } from 'react';

const before: RoomState = {
  locked: false,
  recording: { state: 'off', by: null, since: null },
  captions: { state: 'off', languages: [] },
  hands: [],
  breakouts: null,
};

/** What is true in the room, as the server wrote it; what this page cannot read, it takes for not there. */
export function useRoomState({ metadata }: Room): RoomState {
  return useMemo(() => {
    try {
      const read = RoomState.safeParse(JSON.parse(metadata || '{}'));
      return read.success ? read.data : before;
    } catch {
      return before;
    }
  }, [metadata]);
}
