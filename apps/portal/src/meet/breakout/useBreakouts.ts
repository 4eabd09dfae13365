'use client';
import { call } from '@parvis/contract/call';
import { enterBreakout, type RoomState } from '@parvis/contract/meet-room';
import { toast } from '@parvis/ui/Toast';
import type { Room } from 'livekit-client';
import { useTranslations } from 'next-intl';
import { useCallback, useEffect, useRef, useState } from 'react';
import { comeBack } from '../useEntering.ts';
import { mine, type Visit } from '../visit.ts';
import { wayOf } from '../room/make-room.ts';
import { personIdOf } from '../room/participants.ts';
import { type Admission, breakoutOf } from '../room/stay.ts';

interface Asked {
  room: Room;
  visit: Visit;
  state: RoomState;
  joined: boolean;
  move: (way: () => Promise<Admission>) => Promise<void>;
}

/** Follows the breakout rooms: into the one that this person belongs to, and back when they close. */
export function useBreakouts({ room, visit, state, joined, move }: Asked) {
  const t = useTranslations('meetBreakout');
  const [moving, setMoving] = useState(false);
  /** A room that the person has left by themselves: nobody is sent back into it. */
  const declined = useRef<number | null>(null);
  const now = breakoutOf(room);
  const open = state.breakouts;
  const me = personIdOf(room.localParticipant);
  const own = open?.rooms.find(({ people }) => people.includes(me))?.nr ?? null;

  const go = useCallback(
    async (to: number | null) => {
      setMoving(true);
      try {
        await move(() =>
          to === null
            ? comeBack(visit)
            : call(enterBreakout, { ...mine(visit), nr: to }).then((entry) => wayOf(entry)),
        );
      } catch {
        toast(t('notMoved'), { tone: 'bad' });
      } finally {
        setMoving(false);
      }
    },
    [move, visit, t],
  );
  const known = open !== null;
  useEffect(() => {
    if (!joined || moving || room.state !== 'connected') return;
    if (!known) {
      declined.current = null;
      if (now !== null) void go(null);
      return;
    }
    if (own === null || own === now || own === declined.current) return;
    declined.current = null;
    void go(own);
  }, [known, own, now, joined, moving, room.state, go]);
  function back() {
    declined.current = now;
    void go(null);
  }
  return { now, open, own, moving, back, enter: (nr: number) => void go(nr) };
}
