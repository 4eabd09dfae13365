'use client';
import { ComboBox } from '@parvis/ui/ComboBox';
import { DateField } from '@parvis/ui/DateField';
import { intlLocale } from '@parvis/ui/format';
import { Select } from '@parvis/ui/Select';
import { TextField } from '@parvis/ui/TextField';
import { useLocale, useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { type Draft, weekdayOf, withTimes } from './draft.ts';

interface Props {
  draft: Draft;
  onDraft: (draft: Draft) => void;
}
const everies = ['never', 'day', 'weekday', 'week', 'month'] as const;
const stepsMax = 12;
/** Days of the week, Monday first; any Monday will do. */
const monday = '2026-11-23';
const weekDays = 7;

/** Day, hours, place on the globe, and whether it comes again. */
export function WhenFields({ draft, onDraft }: Props) {
  const t = useTranslations('meetings');
  const zones = useMemo(() => {
    const names = new Set([draft.zone, ...Intl.supportedValuesOf('timeZone')]);
    return [...names].map((id) => ({ id, label: id.replaceAll('_', ' ') }));
  }, [draft.zone]);
  return (
    <>
      <div className="meetings-times">
        <DateField
          label={t('day')}
          value={draft.day}
          required
          onChange={(day) => day !== null && onDraft(withTimes(draft, { day }))}
        />
        <TextField
          label={t('from')}
          type="time"
          dir="ltr"
          required
          value={draft.from}
          onChange={(event) =>
            event.target.value !== '' && onDraft(withTimes(draft, { from: event.target.value }))
          }
        />
        <TextField
          label={t('to')}
          type="time"
          dir="ltr"
          required
          value={draft.to}
          onChange={(event) => event.target.value !== '' && onDraft({ ...draft, to: event.target.value })}
        />
      </div>
      <div className="meetings-pair">
        <ComboBox
          label={t('zone')}
          options={zones}
          value={draft.zone}
          onChoose={(zone) => onDraft({ ...draft, zone })}
          none={t('zoneNone')}
        />
        <Select
          label={t('repeat')}
          value={draft.every}
          options={everies.map((id) => ({ id, label: t(`every.${id}`) }))}
          onChange={(every) => onDraft({ ...draft, every: every as Draft['every'] })}
        />
      </div>
      {draft.every !== 'never' && <RepeatFields draft={draft} onDraft={onDraft} />}
    </>
  );
}

/** How often, on which days, until when. */
function RepeatFields({ draft, onDraft }: Props) {
  const t = useTranslations('meetings');
  const { every, step, until, day } = draft;
  return (
    <>
      <div className="meetings-pair">
        {every !== 'weekday' && every !== 'never' && (
          <Select
            label={t('step')}
            value={String(step)}
            options={Array.from({ length: stepsMax }, (_, at) => ({
              id: String(at + 1),
              label: t(`steps.${every}`, { count: at + 1 }),
            }))}
            onChange={(id) => onDraft({ ...draft, step: Number(id) })}
          />
        )}
        <DateField
          label={t('until')}
          value={until}
          min={day}
          required
          onChange={(next) => next !== null && onDraft({ ...draft, until: next })}
        />
      </div>
      {every === 'week' && <WeekDays draft={draft} onDraft={onDraft} />}
    </>
  );
}

function WeekDays({ draft, onDraft }: Props) {
  const t = useTranslations('meetings');
  const locale = useLocale();
  const days = Array.from(
    { length: weekDays },
    (_, at) => new Date(Date.parse(`${monday}T12:00:00Z`) + at * 86_400_000),
  );
  const name = (at: Date, weekday: 'long' | 'short' | 'narrow') =>
    new Intl.DateTimeFormat(intlLocale(locale), { weekday, timeZone: 'UTC' }).format(at);
  function turn(day: number, on: boolean) {
    const next = on ? [...draft.days, day] : draft.days.filter((one) => one !== day);
    // One day is left at least: that on which it begins.
    onDraft({ ...draft, days: next.length > 0 ? next.toSorted((a, b) => a - b) : [weekdayOf(draft.day)] });
  }
  return (
    <fieldset className="meetings-weekdays">
      <legend className="p-label">{t('weekdays')}</legend>
      {days.map((at, index) => (
        <label key={name(at, 'long')}>
          <input
            type="checkbox"
            checked={draft.days.includes(index + 1)}
            onChange={(event) => turn(index + 1, event.target.checked)}
          />
          <span aria-hidden="true">{name(at, locale === 'ar' ? 'long' : 'short')}</span>
          <span className="p-sr">{name(at, 'long')}</span>
        </label>
      ))}
    </fieldset>
  );
}
