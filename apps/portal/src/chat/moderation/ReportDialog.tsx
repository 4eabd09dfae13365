'use client';
import { call } from '@parvis/contract/call';
import { type ReportReason, reportMessage, reportReasons } from '@parvis/contract/chat-moderation';
import { lineLengthMax } from '@parvis/contract/limits';
import { RadioGroup } from '@parvis/ui/Choice';
import { TextField } from '@parvis/ui/TextField';
import { toast } from '@parvis/ui/Toast';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { FormDialog } from '../../shell/FormDialog.tsx';

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
  const [reason, setReason] = useState<ReportReason>('insult');
  const [note, setNote] = useState('');
  async function submit() {
    await call(reportMessage, { id: channelId, seq, reason, note });
    toast(t('reported'));
  }
  return (
    <FormDialog title={t('report')} action={t('send')} onSubmit={submit} close={close}>
      {(refusal) => (
        <>
          <p className="p-meta">{t(toHouse ? 'toHouse' : 'toManagers')}</p>
          <RadioGroup
            label={t('why')}
            name="report-reason"
            value={reason}
            onChange={(id) => setReason(id as ReportReason)}
            options={reportReasons.map((id) => ({ id, label: t(`reasons.${id}`) }))}
          />
          <TextField
            label={t('note')}
            value={note}
            onChange={(event) => setNote(event.target.value)}
            maxLength={lineLengthMax}
            error={refusal}
          />
        </>
      )}
    </FormDialog>
  );
}
