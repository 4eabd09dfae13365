'use client';
import { type Participant, type Room, RoomEvent } from 'livekit-client';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { kindOf } from './participants.ts';

/** Milliseconds in which comings and goings are told in one sentence. */
const togetherMs = 1_500;

/** What a screen reader says, politely: who came, who left, how many when it is many at once. */
export function useSpoken(room: Room): string {
  const t = useTranslations('meetRoom');
  const [words, setWords] = useState('');
  useEffect(() => {
    let came: string[] = [];
    let left: string[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = () => {
      timer = undefined;
      const sentences = (['came', 'wentAway'] as const).flatMap((key) => {
        const names = key === 'came' ? came : left;
        if (names.length === 0) return [];
        return [
          names.length === 1 ? t(key, { name: names[0] ?? '' }) : t(`many.${key}`, { count: names.length }),
        ];
      });
      came = [];
      left = [];
      setWords(sentences.join(' '));
    };
    const note = (list: () => string[]) => (one: Participant) => {
      if (kindOf(one) === 'bot') return;
      list().push(one.name || t('somebody'));
      timer ??= setTimeout(tell, togetherMs);
    };
    const comes = note(() => came);
    const goes = note(() => left);
    room.on(RoomEvent.ParticipantConnected, comes).on(RoomEvent.ParticipantDisconnected, goes);
    return () => {
      clearTimeout(timer);
      room.off(RoomEvent.ParticipantConnected, comes).off(RoomEvent.ParticipantDisconnected, goes);
    };
  }, [room, t]);
  return words;
}
