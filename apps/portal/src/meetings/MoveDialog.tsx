'use client';
import { call } from '@parvis/contract/call';
import { type MeetingPlan, moveOccurrence } from '@parvis/contract/meet-schedule';
import { Button } from '@parvis/ui/Button';
import { RadioGroup } from '@parvis/ui/Choice';
import { DateField } from '@parvis/ui/DateField';
import { Dialog } from '@parvis/ui/Dialog';
import { TextField } from '@parvis/ui/TextField';
import { toast } from '@parvis/ui/Toast';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useProblem } from '../problems/useProblem.ts';
import { type Draft, minutesOf } from './draft.ts';
import { wallIn } from './wall.ts';

interface Props {
  plan: MeetingPlan;
  occurrenceId: string;
  /** Of whoever looks; the meeting keeps its own. */
  zone: string;
  close: () => void;
  onDone: () => void;
}
type Which = 'this' | 'following';
type HoursOf = Pick<Draft, 'day' | 'from' | 'to'>;

/** Another day or hour: this once, or from here on. */
export function MoveDialog({ plan, occurrenceId, zone, close, onDone }: Props) {
  const t = useTranslations('meetings');
  const shell = useTranslations('shell');
  const problem = useProblem();
  const one = plan.occurrences.find(({ id }) => id === occurrenceId);
  const [hours, setHours] = useState<HoursOf>(() => {
    const begin = wallIn(plan.timeZone, one?.startsAt ?? plan.starts);
    const end = wallIn(plan.timeZone, one?.endsAt ?? plan.starts);
    return { day: begin.slice(0, 10), from: begin.slice(11, 16), to: end.slice(11, 16) };
  });
  const [which, setWhich] = useState<Which>('this');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | undefined>();
  async function save(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    try {
      await call(moveOccurrence, {
        occurrenceId,
        starts: `${hours.day}T${hours.from}`,
        minutes: minutesOf(hours),
        which,
      });
      toast(t('movedNow'));
      onDone();
      close();
    } catch (refusal) {
      setBusy(false);
      setError(problem(refusal));
    }
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={t('menu.move')}
      closeLabel={shell('close')}
      actions={
        <>
          <Button kind="quiet" onClick={close}>
            {shell('cancel')}
          </Button>
          <Button kind="main" type="submit" form="move-meeting" busy={busy}>
            {t('moveDo')}
          </Button>
        </>
      }
    >
      <form id="move-meeting" className="p-form" onSubmit={(event) => void save(event)}>
        <Hours hours={hours} onHours={setHours} />
        {plan.timeZone !== zone && <p className="p-meta">{t('inZone', { zone: plan.timeZone })}</p>}
        {plan.repeat !== null && (
          <RadioGroup
            label={t('which')}
            name="which"
            value={which}
            options={(['this', 'following'] as const).map((id) => ({ id, label: t(`whichMove.${id}`) }))}
            onChange={(id) => setWhich(id as Which)}
          />
        )}
        {error !== undefined && (
          <p className="meetings-wrong" role="alert">
            {error}
          </p>
        )}
      </form>
    </Dialog>
  );
}

function Hours({ hours, onHours }: { hours: HoursOf; onHours: (hours: HoursOf) => void }) {
  const t = useTranslations('meetings');
  const clock = (which: 'from' | 'to') => (
    <TextField
      label={t(which)}
      type="time"
      dir="ltr"
      required
      value={hours[which]}
      onChange={(event) => onHours({ ...hours, [which]: event.target.value })}
    />
  );
  return (
    <div className="meetings-times">
      <DateField
        label={t('day')}
        value={hours.day}
        required
        onChange={(day) => day !== null && onHours({ ...hours, day })}
      />
      {clock('from')}
      {clock('to')}
    </div>
  );
}
