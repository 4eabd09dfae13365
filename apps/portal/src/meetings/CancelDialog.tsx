'use client';
import { call } from '@parvis/contract/call';
import { cancelOccurrence, type MeetingLine } from '@parvis/contract/meet-schedule';
import { Button } from '@parvis/ui/Button';
import { RadioGroup } from '@parvis/ui/Choice';
import { Dialog } from '@parvis/ui/Dialog';
import { toast } from '@parvis/ui/Toast';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useProblem } from '../problems/useProblem.ts';

interface Props {
  line: Pick<MeetingLine, 'title' | 'repeats'>;
  occurrenceId: string;
  close: () => void;
  onDone: () => void;
}
const whiches = ['this', 'following', 'all'] as const;
type Which = (typeof whiches)[number];

/** Letters go out: this is not undone, so it is asked. */
export function CancelDialog({ line, occurrenceId, close, onDone }: Props) {
  const t = useTranslations('meetings');
  const problem = useProblem();
  const [which, setWhich] = useState<Which>(line.repeats ? 'this' : 'all');
  const [busy, setBusy] = useState(false);
  async function cancel() {
    setBusy(true);
    try {
      await call(cancelOccurrence, { occurrenceId, which });
      toast(t('cancelledNow'));
      onDone();
      close();
    } catch (error) {
      setBusy(false);
      toast(problem(error), { tone: 'bad' });
    }
  }
  return (
    <Dialog
      open
      kind="alert"
      onOpenChange={(open) => !open && close()}
      title={t('cancelTitle')}
      actions={
        <>
          <Button kind="quiet" onClick={close}>
            {t('cancelNot')}
          </Button>
          <Button kind="danger" busy={busy} onClick={() => void cancel()}>
            {t('cancelDo')}
          </Button>
        </>
      }
    >
      <p>{t.rich('cancelHelp', { title: () => <bdi className="p-strong">{line.title}</bdi> })}</p>
      {line.repeats && (
        <RadioGroup
          label={t('which')}
          name="which"
          value={which}
          options={whiches.map((id) => ({ id, label: t(`whichCancel.${id}`) }))}
          onChange={(id) => setWhich(id as Which)}
        />
      )}
    </Dialog>
  );
}
