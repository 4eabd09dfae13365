'use client';
import { call } from '@parvis/contract/call';
import { spokenLengthMax } from '@parvis/contract/limits';
import {
  callBack,
  closeBreakouts,
  moveToBreakout,
  type RoomState,
  sayToBreakouts,
} from '@parvis/contract/meet-room';
import { Button } from '@parvis/ui/Button';
import { Select } from '@parvis/ui/Select';
import { TextField } from '@parvis/ui/TextField';
import type { Participant } from 'livekit-client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Visit } from '../visit.ts';
import { personIdOf } from '../room/participants.ts';
import { useTold } from '../room/useTold.ts';

interface Props {
  visit: Visit;
  people: readonly Participant[];
  /** Of whoever was in the meeting since one came, those in other rooms too. */
  names: ReadonlyMap<string, string>;
  open: NonNullable<RoomState['breakouts']>;
  onEnter: (nr: number) => void;
}

/** The rooms that are open: who belongs where, a word to all, and the ways to bring everybody back. */
export function OpenRooms({ visit, people, names, open, onEnter }: Props) {
  const t = useTranslations('meetBreakout');
  const told = useTold();
  const known = new Map(names);
  for (const one of visit.meeting?.present ?? []) known.set(one.id, one.name);
  const placed = new Set(open.rooms.flatMap((room) => room.people));
  const unplaced = people.filter((one) => !one.isLocal && !placed.has(personIdOf(one)));
  const rooms = open.rooms.map(({ nr, name }) => ({ id: String(nr), label: name }));
  const line = (who: string, now: string | null) => (
    <li key={who}>
      <span className="p-grow">
        <bdi>{known.get(who) ?? t('somebody')}</bdi>
      </span>
      <Select
        label={t('roomOf', { name: known.get(who) ?? t('somebody') })}
        labelHidden
        placeholder={t('none')}
        options={rooms}
        value={now}
        onChange={(nr) => told(call(moveToBreakout, { id: visit.id, who, nr: Number(nr) }))}
      />
    </li>
  );
  return (
    <div className="meet-breakouts">
      {open.rooms.map(({ nr, name, people: inside }) => (
        <section key={nr}>
          <header className="meet-room-head">
            <h3>
              <bdi>{name}</bdi>
            </h3>
            <Button size="small" onClick={() => onEnter(nr)} aria-label={t('enterName', { name })}>
              {t('enter')}
            </Button>
          </header>
          <ul className="meet-deal">{inside.map((who) => line(who, String(nr)))}</ul>
        </section>
      ))}
      {unplaced.length > 0 && (
        <section>
          <h3>{t('unplaced')}</h3>
          <ul className="meet-deal">{unplaced.map((one) => line(personIdOf(one), null))}</ul>
        </section>
      )}
      <Say visit={visit} />
      <div className="meet-room-acts">
        <Button onClick={() => told(call(callBack, { id: visit.id }))}>{t('callBack')}</Button>
        <Button kind="danger-quiet" onClick={() => told(call(closeBreakouts, { id: visit.id }))}>
          {t('closeAll')}
        </Button>
      </div>
    </div>
  );
}

function Say({ visit }: { visit: Visit }) {
  const t = useTranslations('meetBreakout');
  const told = useTold();
  const [text, setText] = useState('');
  return (
    <form
      className="meet-say"
      onSubmit={(event) => {
        event.preventDefault();
        const said = text.trim();
        if (said === '') return;
        told(call(sayToBreakouts, { id: visit.id, text: said }).then(() => setText('')));
      }}
    >
      <TextField
        label={t('toAll')}
        value={text}
        maxLength={spokenLengthMax}
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="submit">{t('say')}</Button>
    </form>
  );
}
