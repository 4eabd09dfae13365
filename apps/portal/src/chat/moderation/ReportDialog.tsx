'use client';
import { call } from '@parvis/contract/call';
import { type ReportReason, ReportReason as Reasons, reportMessage } from '@parvis/contract/chat-moderation';
import { lineLengthMax } from '@parvis/contract/limits';
import { Button } from '@parvis/ui/Button';
import { RadioGroup } from '@parvis/ui/Choice';
import { Dialog } from '@parvis/ui/Dialog';
import { TextField } from '@parvis/ui/TextField';
import { toast } from '@parvis/ui/Toast';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useProblem } from '../../problems/useProblem.ts';

interface Props {
  channelId: string;
  seq: number;
  /** Nobody manages a conversation: the administrators are told. */
  toHouse: boolean;
  close: () => void;
}

/** Says what is wrong with a message, and who will read that. */
export function ReportDialog({ channelId, seq, toHouse, close }: Props) {
  const t = useTranslations('chatModeration');
  const shell = useTranslations('shell');
  const problem = useProblem();
  const [reason, setReason] = useState<ReportReason>('insult');
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | undefined>();
  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    try {
      await call(reportMessage, { id: channelId, seq, reason, note });
      close();
      toast(t('reported'));
    } catch (refusal) {
      setBusy(false);
      setError(problem(refusal));
    }
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={t('report')}
      closeLabel={shell('close')}
      actions={
        <>
          <Button kind="quiet" onClick={close}>
            {shell('cancel')}
          </Button>
          <Button kind="main" type="submit" form="report-message" busy={busy}>
            {t('send')}
          </Button>
        </>
      }
    >
      <form id="report-message" className="p-form" onSubmit={(event) => void submit(event)}>
        <p className="p-meta">{t(toHouse ? 'toHouse' : 'toManagers')}</p>
        <RadioGroup
          label={t('why')}
          name="report-reason"
          value={reason}
          onChange={(id) => setReason(id as ReportReason)}
          options={Reasons.options.map((id) => ({ id, label: t(`reasons.${id}`) }))}
        />
        <TextField
          label={t('note')}
          value={note}
          onChange={(event) => setNote(event.target.value)}
          maxLength={lineLengthMax}
          error={error}
        />
      </form>
    </Dialog>
  );
}
