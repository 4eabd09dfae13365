'use client';
import { call } from '@parvis/contract/call';
import type { Meeting } from '@parvis/contract/meet';
import { admit, admitAll, type Knock, refuse } from '@parvis/contract/meet-lobby';
import { lowerHand, type RoomState } from '@parvis/contract/meet-room';
import { Avatar } from '@parvis/ui/Avatar';
import { Badge } from '@parvis/ui/Badge';
import { Button } from '@parvis/ui/Button';
import { Icon } from '@parvis/ui/Icon';
import type { Participant } from 'livekit-client';
import { Hand, Mic, MicOff, MonitorUp, VideoOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { mine, type Visit } from '../visit.ts';
import { LockedOut } from './LockedOut.tsx';
import { kindOf, personIdOf, roleOf } from './participants.ts';
import { PersonMenu } from './PersonMenu.tsx';
import { useTold } from './useTold.ts';

interface Props {
  visit: Visit;
  meeting: Meeting | null;
  state: RoomState;
  people: readonly Participant[];
  waiting: readonly Knock[];
  organiser: boolean;
}

/** Who waits, whose hand is up, who is here; for organisers with what may be done about each. */
export function PeoplePanel({ visit, meeting, state, people, waiting, organiser }: Props) {
  const t = useTranslations('meetRoom');
  const seen = people.filter((one) => kindOf(one) !== 'bot');
  return (
    <div className="meet-people">
      {waiting.length > 0 && <Waiting visit={visit} waiting={waiting} />}
      {state.hands.length > 0 && <Hands visit={visit} state={state} organiser={organiser} />}
      <section>
        <h3>{t('here', { count: seen.length })}</h3>
        <ul className="meet-people-list">
          {seen.map((one) => (
            <Row key={one.identity} visit={visit} participant={one} organiser={organiser} />
          ))}
        </ul>
      </section>
      {organiser && <LockedOut id={visit.id} meeting={meeting} here={people.length} />}
    </div>
  );
}

function Waiting({ visit, waiting }: Pick<Props, 'visit' | 'waiting'>) {
  const t = useTranslations('meetRoom');
  const told = useTold();
  return (
    <section className="meet-waiting" aria-label={t('waiting', { count: waiting.length })}>
      <header>
        <h3>{t('waiting', { count: waiting.length })}</h3>
        {waiting.length > 1 && (
          <Button size="small" onClick={() => told(call(admitAll, { id: visit.id }))}>
            {t('admitAll')}
          </Button>
        )}
      </header>
      <ul>
        {waiting.map((one) => (
          <li key={one.id}>
            <Avatar id={one.id} name={one.name} size="m" />
            <span className="meet-person-name">
              <bdi>{one.name}</bdi>
              <KindBadge kind={one.kind} />
              {one.organisation !== null && <span className="p-meta p-cut">{one.organisation}</span>}
            </span>
            <span className="meet-waiting-acts">
              <Button
                kind="quiet"
                size="small"
                aria-label={t('refuseName', { name: one.name })}
                onClick={() => told(call(refuse, { id: visit.id, knockId: one.id }))}
              >
                {t('refuse')}
              </Button>
              <Button
                size="small"
                aria-label={t('admitName', { name: one.name })}
                onClick={() => told(call(admit, { id: visit.id, knockId: one.id }))}
              >
                {t('admit')}
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Hands({ visit, state, organiser }: Pick<Props, 'visit' | 'state' | 'organiser'>) {
  const t = useTranslations('meetRoom');
  const told = useTold();
  return (
    <section className="meet-hands" aria-label={t('hands')}>
      <header>
        <h3>
          <Icon of={Hand} size="s" /> {t('hands')}
        </h3>
        {organiser && (
          <Button
            kind="quiet"
            size="small"
            onClick={() => told(call(lowerHand, { ...mine(visit), who: 'all' }))}
          >
            {t('lowerAll')}
          </Button>
        )}
      </header>
      <ol>
        {state.hands.map(({ who, name }) => (
          <li key={who}>
            <Avatar id={who} name={name} size="s" />
            <span className="p-grow">
              <bdi>{name}</bdi>
            </span>
            {organiser && (
              <Button
                kind="quiet"
                size="small"
                aria-label={t('lowerName', { name })}
                onClick={() => told(call(lowerHand, { ...mine(visit), who }))}
              >
                {t('lower')}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

function KindBadge({ kind }: { kind: Knock['kind'] }) {
  const t = useTranslations('meetRoom');
  if (kind === 'guest') return <Badge tone="people">{t('guest')}</Badge>;
  return kind === 'anonymous' ? <Badge tone="wait">{t('unverified')}</Badge> : null;
}

function Row(props: { visit: Visit; participant: Participant; organiser: boolean }) {
  const { visit, participant, organiser } = props;
  const t = useTranslations('meetRoom');
  const role = roleOf(participant);
  const name = participant.name || t('somebody');
  return (
    <li>
      <Avatar id={personIdOf(participant)} name={name} size="m" />
      <span className="meet-person-name">
        <span>
          <bdi>{name}</bdi> {participant.isLocal && <span className="p-meta">({t('me')})</span>}
        </span>
        <span className="meet-person-marks">
          {role !== 'participant' && <span className="p-meta">{t(`role.${role}`)}</span>}
          <KindBadge kind={kindOf(participant)} />
        </span>
      </span>
      {participant.isScreenShareEnabled && <Icon of={MonitorUp} size="s" />}
      {!participant.isCameraEnabled && <Icon of={VideoOff} size="s" />}
      <span className={participant.isSpeaking ? 'meet-voice meet-talks' : 'meet-voice'}>
        <Icon of={participant.isMicrophoneEnabled ? Mic : MicOff} size="s" />
        <span className="p-sr">{t(participant.isMicrophoneEnabled ? 'unmuted' : 'muted')}</span>
      </span>
      {organiser && !participant.isLocal && (
        <PersonMenu visit={visit} participant={participant} name={name} />
      )}
    </li>
  );
}
