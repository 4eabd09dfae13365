'use client';
import { call } from '@parvis/contract/call';
import { find, getPerson } from '@parvis/contract/directory';
import type { Person } from '@parvis/contract/shape';
import { Avatar } from '@parvis/ui/Avatar';
import { Button } from '@parvis/ui/Button';
import { ComboBox } from '@parvis/ui/ComboBox';
import { DateField } from '@parvis/ui/DateField';
import { Icon } from '@parvis/ui/Icon';
import { Popover } from '@parvis/ui/Popover';
import { CalendarDays, UserPlus } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { focusField } from './focus-field.ts';
import { useKnown } from './known.ts';

/** Milliseconds of rest before people are looked for. */
const restMs = 200;

interface Props {
  /** A person's uuid, or ''. */
  assignee: string;
  /** 'YYYY-MM-DD', or ''. */
  due: string;
  done: boolean;
  mayWrite: boolean;
  onChange: (props: { assignee?: string; due?: string }) => void;
}

/** Whether a day lies before today, where the reader is. */
function isPast(due: string): boolean {
  const now = new Date();
  const today = `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`;
  return due !== '' && due < today;
}

/** Who does it and until when; a press changes them. */
export function TaskDetails({ assignee, due, done, mayWrite, onChange }: Props) {
  const t = useTranslations('docsEditor');
  const format = useFormatter();
  const person = useKnown(assignee === '' ? null : `person ${assignee}`, () =>
    call(getPerson, { id: assignee }),
  );
  const day =
    due === '' ? null : format.dateTime(new Date(`${due}T12:00:00`), { day: 'numeric', month: 'short' });
  const name = person?.name ?? (assignee === '' ? null : t('task.somebody'));
  const words = (
    <>
      {name !== null && (
        <>
          <Avatar id={assignee} name={name} size="s" />
          <bdi>{name}</bdi>
        </>
      )}
      {day !== null && (
        <span className="docs-task-due" data-late={(!done && isPast(due)) || undefined}>
          <Icon of={CalendarDays} size="s" />
          <bdi>{day}</bdi>
        </span>
      )}
    </>
  );
  if (!mayWrite) return <span className="docs-task-chip">{words}</span>;
  const none = name === null && day === null;
  return (
    <Popover
      label={t('task.details')}
      align="end"
      trigger={
        <button type="button" className="docs-task-chip" data-none={none || undefined}>
          {none ? (
            <>
              <Icon of={UserPlus} size="s" />
              <span>{t('task.assign')}</span>
            </>
          ) : (
            <>
              <span className="p-sr">{t('task.details')}</span>
              {words}
            </>
          )}
        </button>
      }
    >
      <div className="docs-task-form" ref={focusField}>
        <Assignee assignee={assignee} name={name} onChange={(id) => onChange({ assignee: id })} />
        <DateField
          label={t('task.due')}
          value={due === '' ? null : due}
          onChange={(chosen) => onChange({ due: chosen ?? '' })}
        />
        {due !== '' && (
          <Button size="small" onClick={() => onChange({ due: '' })}>
            {t('task.noDue')}
          </Button>
        )}
      </div>
    </Popover>
  );
}

/** Found by name, among the people whom the reader may know. */
function Assignee({
  assignee,
  name,
  onChange,
}: {
  assignee: string;
  name: string | null;
  onChange: (id: string) => void;
}) {
  const t = useTranslations('docsEditor');
  const [text, setText] = useState(name ?? '');
  const [people, setPeople] = useState<readonly Person[]>([]);
  useEffect(() => {
    if (text.trim() === '') return setPeople([]);
    const stop = new AbortController();
    const timer = setTimeout(() => {
      call(find, { q: text }, { signal: stop.signal }).then(
        (found) => setPeople(found.people),
        () => undefined,
      );
    }, restMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [text]);
  return (
    <>
      <ComboBox
        label={t('task.assignee')}
        text={text}
        onText={setText}
        value={assignee === '' ? null : assignee}
        options={people.map(({ id, name: label, organisation }) => ({
          id,
          label,
          ...(organisation === null ? {} : { note: organisation }),
          icon: <Avatar id={id} name={label} size="s" />,
        }))}
        onChoose={(id) => {
          onChange(id);
          setText(people.find((one) => one.id === id)?.name ?? '');
        }}
        none={t('task.nobodyFound')}
      />
      {assignee !== '' && (
        <Button
          size="small"
          onClick={() => {
            onChange('');
            setText('');
          }}
        >
          {t('task.unassign')}
        </Button>
      )}
    </>
  );
}
