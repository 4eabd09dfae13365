'use client';
import { type Participant, type Room, RoomEvent } from 'livekit-client';
import { useEffect, useState } from 'react';

const none: ReadonlySet<string> = new Set();

/** Whose pictures and voices cannot be read: their key is another one than this browser's. Empty in an ordinary meeting. */
export function useSealed(room: Room): ReadonlySet<string> {
  const [sealed, setSealed] = useState(none);
  useEffect(() => {
    const seal = (_error: Error, participant?: Participant) => {
      if (participant === undefined || participant.isLocal) return;
      setSealed((now) => (now.has(participant.identity) ? now : new Set([...now, participant.identity])));
    };
    room.on(RoomEvent.EncryptionError, seal);
    return () => void room.off(RoomEvent.EncryptionError, seal);
  }, [room]);
  return sealed;
}
