'use client';
import { RoomNotice, roomTopic } from '@parvis/contract/shapes/meet-room';
import { type Room, RoomEvent } from 'livekit-client';
import { useEffect, useRef } from 'react';

/** Calls `hear` with what the server says in the room; nobody else may say it. */
export function useNotices(room: Room, hear: (notice: RoomNotice) => void): void {
  const latest = useRef(hear);
  latest.current = hear;
  useEffect(() => {
    const listen = (payload: Uint8Array, from: unknown, _kind: unknown, topic?: string) => {
      if (topic !== roomTopic || from !== undefined) return;
      try {
        const read = RoomNotice.safeParse(JSON.parse(new TextDecoder().decode(payload)));
        if (read.success) latest.current(read.data);
      } catch {
        // What cannot be read was not for this page.
      }
    };
    room.on(RoomEvent.DataReceived, listen);
    return () => void room.off(RoomEvent.DataReceived, listen);
  }, [room]);
}
