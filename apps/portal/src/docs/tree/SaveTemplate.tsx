'use client';
import { call } from '@parvis/contract/call';
import { saveTemplate, type Template } from '@parvis/contract/doc-templates';
import { lineLengthMax, nameLengthMax } from '@parvis/contract/limits';
import type { Resource } from '@parvis/contract/shape';
import { RadioGroup } from '@parvis/ui/Choice';
import { TextField } from '@parvis/ui/TextField';
import { toast } from '@parvis/ui/Toast';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { FormDialog } from '../../shell/FormDialog.tsx';

type Scope = Exclude<Template['scope'], 'built-in'>;
const scopes: readonly Scope[] = ['own', 'space', 'site'];

/** Keeps the text of a document as a template, for oneself, for the space or for all. */
export function SaveTemplate({ document, close }: { document: Resource; close: () => void }) {
  const t = useTranslations('docsTree');
  const shell = useTranslations('shell');
  const [title, setTitle] = useState(document.title);
  const [description, setDescription] = useState('');
  const [scope, setScope] = useState<Scope>('own');
  async function submit() {
    await call(saveTemplate, { id: document.id, title, description, scope });
    toast(t('templateSaved', { title }));
  }
  return (
    <FormDialog title={t('templateTitle')} action={t('templateSave')} onSubmit={submit} close={close}>
      {(refusal) => (
        <>
          <TextField
            label={shell('name')}
            value={title}
            maxLength={nameLengthMax}
            onChange={(event) => setTitle(event.target.value)}
            error={refusal}
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
        </>
      )}
    </FormDialog>
  );
}
