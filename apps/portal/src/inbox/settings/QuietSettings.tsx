'use client';
import type { NotifySettings } from '@parvis/contract/notify-settings';
import { Button } from '@parvis/ui/Button';
import { Switch } from '@parvis/ui/Choice';
import { TextField } from '@parvis/ui/TextField';
import { useFormatter, useNow, useTranslations } from 'next-intl';

const everyDay = [1, 2, 3, 4, 5, 6, 7];
const evening = 19 * 60;
const morning = 8 * 60;
const hourMs = 3_600_000;

const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** Minutes since midnight of a field for times, or null while it is half filled in. */
function minuteOf(text: string): number | null {
  const [, hours, minutes] = /^(\d\d):(\d\d)/.exec(text) ?? [];
  return hours === undefined || minutes === undefined ? null : Number(hours) * 60 + Number(minutes);
}

/** Tomorrow at eight, by the clock of this device. */
function tomorrow(): Date {
  const at = new Date();
  at.setDate(at.getDate() + 1);
  at.setHours(morning / 60, 0, 0, 0);
  return at;
}

interface Props {
  settings: NotifySettings;
  onChange: (part: Partial<NotifySettings>) => void;
}

/** Hours in which nothing makes itself heard, and quiet until later. */
export function QuietSettings({ settings: { quietHours, quietUntil }, onChange }: Props) {
  const t = useTranslations('inboxSettings');
  const format = useFormatter();
  const now = useNow();
  const until = quietUntil === null || new Date(quietUntil) < now ? null : new Date(quietUntil);
  function setHours(part: { from?: number | null; to?: number | null }) {
    if (quietHours === null || part.from === null || part.to === null) return;
    onChange({ quietHours: { ...quietHours, ...(part as { from?: number; to?: number }) } });
  }
  return (
    <>
      <div className="setting">
        <span className="p-choice-words" suppressHydrationWarning>
          {until === null
            ? t('quietNow')
            : t('quietUntil', { time: format.dateTime(until, { dateStyle: 'short', timeStyle: 'short' }) })}
        </span>
        <span className="notify-acts">
          {until === null ? (
            <>
              <Button onClick={() => onChange({ quietUntil: new Date(Date.now() + hourMs).toISOString() })}>
                {t('oneHour')}
              </Button>
              <Button onClick={() => onChange({ quietUntil: tomorrow().toISOString() })}>
                {t('tomorrow')}
              </Button>
            </>
          ) : (
            <Button onClick={() => onChange({ quietUntil: null })}>{t('hearAgain')}</Button>
          )}
        </span>
      </div>
      <div className="setting">
        <Switch
          faceAtEnd
          label={t('quietHours')}
          note={t('quietHoursHelp')}
          checked={quietHours !== null}
          onChange={(event) =>
            onChange({
              quietHours: event.target.checked ? { from: evening, to: morning, days: everyDay } : null,
            })
          }
        />
        {quietHours !== null && (
          <span className="notify-acts">
            <TextField
              label={t('from')}
              type="time"
              defaultValue={clock(quietHours.from)}
              onBlur={(event) => setHours({ from: minuteOf(event.target.value) })}
            />
            <TextField
              label={t('to')}
              type="time"
              defaultValue={clock(quietHours.to)}
              onBlur={(event) => setHours({ to: minuteOf(event.target.value) })}
            />
          </span>
        )}
      </div>
    </>
  );
}
