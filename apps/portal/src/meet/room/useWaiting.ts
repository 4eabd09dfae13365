'use client';
import { call } from '@parvis/contract/call';
import type { Meeting } from '@parvis/contract/meet';
import { admit, type Knock, type MeetHearing } from '@parvis/contract/meet-lobby';
import { toast, unsay } from '@parvis/ui/Toast';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { useLine } from '../useLine.ts';
import type { Visit } from '../visit.ts';
import { useTold } from './useTold.ts';

/** The meeting as it is now, and who waits at its door: for organisers each newcomer is said in passing, with a button. */
export function useWaiting(visit: Visit): { meeting: Meeting | null; waiting: readonly Knock[] } {
  const t = useTranslations('meetRoom');
  const told = useTold();
  const [meeting, setMeeting] = useState(visit.meeting);
  const [waiting, setWaiting] = useState<readonly Knock[]>([]);
  const said = useRef(new Map<string, number>());
  useLine(visit.pass === undefined ? visit.id : null, undefined, (hearing: MeetHearing) => {
    if (hearing.t === 'state') setMeeting(hearing.meeting);
    if (hearing.t !== 'waiting') return;
    setWaiting(hearing.waiting);
    const here = new Set(hearing.waiting.map(({ id }) => id));
    for (const [id, toastId] of said.current) {
      if (here.has(id)) continue;
      unsay(toastId);
      said.current.delete(id);
    }
    for (const { id, name } of hearing.waiting) {
      if (said.current.has(id)) continue;
      const action = { label: t('admit'), onPress: () => told(call(admit, { id: visit.id, knockId: id })) };
      said.current.set(id, toast(t('knocks', { name }), { action }));
    }
  });
  useEffect(() => {
    const toasts = said.current;
    return () => {
      for (const id of toasts.values()) unsay(id);
    };
  }, []);
  return { meeting, waiting };
}
