'use client';
import { call } from '@parvis/contract/call';
import { nameVersion } from '@parvis/contract/doc-history';
import type { Document } from '@parvis/contract/docs';
import { nameLengthMax } from '@parvis/contract/limits';
import { Button } from '@parvis/ui/Button';
import { Dialog } from '@parvis/ui/Dialog';
import { TextField } from '@parvis/ui/TextField';
import { toast } from '@parvis/ui/Toast';
import { useTranslations } from 'next-intl';
import { type FormEvent, useId, useState } from 'react';
import { useProblem } from '../../problems/useProblem.ts';
import { tellNamed } from './useHistory.ts';

interface Props {
  document: Document;
  /** The moment to name; now, when absent. */
  seq?: number;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Keeps a moment for ever, under a name. */
export function NameDialog({ document, seq, open, onOpenChange }: Props) {
  const t = useTranslations('docsHistory');
  const problem = useProblem();
  const form = useId();
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  async function submit(event: FormEvent) {
    event.preventDefault();
    const wanted = name.trim();
    if (wanted === '' || busy) return;
    setBusy(true);
    try {
      await call(nameVersion, { id: document.id, name: wanted, ...(seq === undefined ? {} : { seq }) });
      setName('');
      onOpenChange(false);
      tellNamed();
      toast(t('named', { name: wanted }));
    } catch (error) {
      toast(problem(error), { tone: 'bad' });
    }
    setBusy(false);
  }
  return (
    <Dialog
      title={t('nameTitle')}
      closeLabel={t('cancel')}
      open={open}
      onOpenChange={onOpenChange}
      actions={
        <Button kind="main" type="submit" form={form} busy={busy}>
          {t('name')}
        </Button>
      }
    >
      <form id={form} onSubmit={(event) => void submit(event)}>
        <TextField
          label={t('versionName')}
          help={t('nameHelp')}
          value={name}
          maxLength={nameLengthMax}
          onChange={(event) => setName(event.target.value)}
          required
          autoFocus
        />
      </form>
    </Dialog>
  );
}
