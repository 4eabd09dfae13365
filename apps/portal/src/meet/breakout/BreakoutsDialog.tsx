'use client';
import { call } from '@parvis/contract/call';
import { breakoutListSizeMax } from '@parvis/contract/limits';
import { openBreakouts, type RoomState } from '@parvis/contract/meet-room';
import { Button } from '@parvis/ui/Button';
import { Dialog } from '@parvis/ui/Dialog';
import { Select } from '@parvis/ui/Select';
import type { Participant } from 'livekit-client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useProblem } from '../../problems/useProblem.ts';
import type { Visit } from '../visit.ts';
import { kindOf, personIdOf } from '../room/participants.ts';
import { OpenRooms } from './OpenRooms.tsx';

interface Props {
  visit: Visit;
  people: readonly Participant[];
  names: ReadonlyMap<string, string>;
  open: RoomState['breakouts'];
  onEnter: (nr: number) => void;
  onClose: () => void;
}

/** Rooms beside the meeting: chosen and opened, or, while they are open, looked after. */
export function BreakoutsDialog({ visit, people, names, open, onEnter, onClose }: Props) {
  const t = useTranslations('meetBreakout');
  return (
    <Dialog title={t('title')} closeLabel={t('close')} size="l" open onOpenChange={(is) => !is && onClose()}>
      {/* Said before anybody goes there: the scribe hears the main room alone. */}
      <p className="p-meta">{t('notHeard')}</p>
      {open === null ? (
        <NewRooms visit={visit} people={people} onDone={onClose} />
      ) : (
        <OpenRooms visit={visit} people={people} names={names} open={open} onEnter={onEnter} />
      )}
    </Dialog>
  );
}

const minuteChoices = ['0', '5', '10', '15', '20', '30', '45', '60'];
const roomsAtFirst = 2;
const roomsShownMax = Math.min(20, breakoutListSizeMax);

/** People dealt out in turn, so that rooms differ by one at most. */
function dealt(ids: readonly string[], rooms: number): Record<string, number> {
  return Object.fromEntries(ids.map((id, at) => [id, (at % rooms) + 1]));
}

function NewRooms(props: { visit: Visit; people: readonly Participant[]; onDone: () => void }) {
  const t = useTranslations('meetBreakout');
  const problem = useProblem();
  const others = props.people.filter((one) => kindOf(one) !== 'bot' && !one.isLocal);
  const ids = others.map(personIdOf);
  const [count, setCount] = useState(roomsAtFirst);
  const [minutes, setMinutes] = useState('15');
  const [where, setWhere] = useState<Record<string, number>>(() => dealt(ids, roomsAtFirst));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const numbers = Array.from({ length: count }, (_, at) => at + 1);
  async function start() {
    setBusy(true);
    try {
      await call(openBreakouts, {
        id: props.visit.id,
        minutes: minutes === '0' ? null : Number(minutes),
        rooms: numbers.map((nr) => ({
          name: t('roomName', { nr }),
          people: ids.filter((id) => where[id] === nr),
        })),
      });
      props.onDone();
    } catch (failed) {
      setError(problem(failed));
      setBusy(false);
    }
  }
  function resize(rooms: number) {
    setCount(rooms);
    setWhere(dealt(ids, rooms));
  }
  return (
    <div className="meet-breakouts">
      <HowMany count={count} onCount={resize} minutes={minutes} onMinutes={setMinutes} />
      <Deal
        others={others}
        numbers={numbers}
        where={where}
        onMove={(id, nr) => setWhere({ ...where, [id]: nr })}
      />
      {error !== undefined && (
        <p className="p-error" role="alert">
          {error}
        </p>
      )}
      <Button kind="main" busy={busy} onClick={() => void start()}>
        {t('start')}
      </Button>
    </div>
  );
}

interface DealProps {
  others: readonly Participant[];
  numbers: readonly number[];
  where: Readonly<Record<string, number>>;
  onMove: (id: string, nr: number) => void;
}

/** Who goes where. */
function Deal({ others, numbers, where, onMove }: DealProps) {
  const t = useTranslations('meetBreakout');
  if (others.length === 0) return <p className="p-meta">{t('nobody')}</p>;
  return (
    <ul className="meet-deal">
      {others.map((one) => (
        <li key={one.identity}>
          <span className="p-grow">
            <bdi>{one.name}</bdi>
          </span>
          <Select
            label={t('roomOf', { name: one.name ?? '' })}
            labelHidden
            options={numbers.map((nr) => ({ id: String(nr), label: t('roomName', { nr }) }))}
            value={String(where[personIdOf(one)] ?? 1)}
            onChange={(id) => onMove(personIdOf(one), Number(id))}
          />
        </li>
      ))}
    </ul>
  );
}

interface HowManyProps {
  count: number;
  onCount: (count: number) => void;
  minutes: string;
  onMinutes: (minutes: string) => void;
}

/** How many rooms, and for how long. */
function HowMany({ count, onCount, minutes, onMinutes }: HowManyProps) {
  const t = useTranslations('meetBreakout');
  const counts = Array.from({ length: roomsShownMax - 1 }, (_, at) => String(at + 2));
  return (
    <div className="meet-pickers">
      <Select
        label={t('howMany')}
        options={counts.map((id) => ({ id, label: id }))}
        value={String(count)}
        onChange={(id) => onCount(Number(id))}
      />
      <Select
        label={t('howLong')}
        options={minuteChoices.map((id) => ({
          id,
          label: id === '0' ? t('untilClosed') : t('minutes', { count: Number(id) }),
        }))}
        value={minutes}
        onChange={onMinutes}
      />
    </div>
  );
}
