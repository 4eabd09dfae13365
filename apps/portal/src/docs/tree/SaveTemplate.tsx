'use client';
import { call } from '@parvis/contract/call';
import { saveTemplate, type Template } from '@parvis/contract/doc-templates';
import { lineLengthMax, nameLengthMax } from '@parvis/contract/limits';
import type { Resource } from '@parvis/contract/shape';
import { Button } from '@parvis/ui/Button';
import { RadioGroup } from '@parvis/ui/Choice';
import { Dialog } from '@parvis/ui/Dialog';
import { TextField } from '@parvis/ui/TextField';
import { toast } from '@parvis/ui/Toast';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useProblem } from '../../problems/useProblem.ts';

type Scope = Exclude<Template['scope'], 'built-in'>;
const scopes: readonly Scope[] = ['own', 'space', 'site'];

/** Keeps the text of a document as a template, for oneself, for the space or for all. */
export function SaveTemplate({ document, close }: { document: Resource; close: () => void }) {
  const t = useTranslations('docsTree');
  const shell = useTranslations('shell');
  const problem = useProblem();
  const [title, setTitle] = useState(document.title);
  const [description, setDescription] = useState('');
  const [scope, setScope] = useState<Scope>('own');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | undefined>();
  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    try {
      await call(saveTemplate, { id: document.id, title, description, scope });
      toast(t('templateSaved', { title }));
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
      title={t('templateTitle')}
      closeLabel={shell('close')}
      actions={
        <>
          <Button kind="quiet" onClick={close}>
            {shell('cancel')}
          </Button>
          <Button kind="main" type="submit" form="save-template" busy={busy}>
            {t('templateSave')}
          </Button>
        </>
      }
    >
      <form id="save-template" className="p-form" onSubmit={(event) => void submit(event)}>
        <TextField
          label={shell('name')}
          value={title}
          maxLength={nameLengthMax}
          onChange={(event) => setTitle(event.target.value)}
          error={error}
          required
          autoFocus
        />
        <TextField
          label={t('templateDescription')}
          value={description}
          maxLength={lineLengthMax}
          onChange={(event) => setDescription(event.target.value)}
        />
        <RadioGroup
          label={t('templateFor')}
          name="scope"
          value={scope}
          onChange={(id) => setScope(id as Scope)}
          options={scopes.map((id) => ({ id, label: t(`scopes.${id}`), note: t(`scopeNotes.${id}`) }))}
        />
      </form>
    </Dialog>
  );
}
