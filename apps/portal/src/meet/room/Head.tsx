'use client';
import type { Meeting } from '@parvis/contract/meet';
import type { RoomState } from '@parvis/contract/meet-room';
import { Icon } from '@parvis/ui/Icon';
import { SpaceTile } from '@parvis/ui/SpaceTile';
import { ConnectionQuality, type Room } from 'livekit-client';
import { Lock, ShieldCheck, Users } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import type { Visit } from '../visit.ts';
import { clock } from '../breakout/BreakoutBar.tsx';

interface Props {
  visit: Visit;
  meeting: Meeting | null;
  room: Room;
  state: RoomState;
  joined: boolean;
  count: number;
  onPeople: () => void;
}

/** What it is, for how long, what everybody must know (locked, encrypted, recorded), and how many are here. */
export function Head({ visit, meeting, room, state, joined, count, onPeople }: Props) {
  const t = useTranslations('meetRoom');
  const connected = room.state === 'connected';
  return (
    <header className="meet-head">
      <SpaceTile id={meeting?.spaceId ?? visit.id} size="s" />
      <h1 dir="auto">{visit.title}</h1>
      {connected && <Since instant={meeting?.startedAt ?? null} />}
      <span role="status" className="meet-head-state">
        {!connected && t(joined ? 'reconnecting' : 'connecting')}
      </span>
      {visit.encrypted && (
        <span className="meet-mark" title={t('encryptedNote')}>
          <Icon of={ShieldCheck} size="s" />
          <span className="meet-mark-words">{t('encrypted')}</span>
        </span>
      )}
      {state.locked && (
        <span className="meet-mark">
          <Icon of={Lock} size="s" />
          <span className="meet-mark-words">{t('locked')}</span>
        </span>
      )}
      <button type="button" className="meet-mark" onClick={onPeople}>
        <Icon of={Users} size="s" />
        <span className="p-sr">{t('presentCount', { count })}</span>
        <span aria-hidden="true">{count}</span>
      </button>
    </header>
  );
}

/** How long it has gone on, not read aloud each second. */
function Since({ instant }: { instant: string | null }) {
  const [from] = useState(() => (instant === null ? Date.now() : Date.parse(instant)));
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return <time className="meet-clock">{clock(Math.max(0, Math.floor((now - from) / 1_000)))}</time>;
}

export const isWeak = (room: Room) =>
  room.state === 'connected' &&
  (room.localParticipant.connectionQuality === ConnectionQuality.Poor ||
    room.localParticipant.connectionQuality === ConnectionQuality.Lost);
