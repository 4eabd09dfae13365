'use client';
import './tree.css';
import { call } from '@parvis/contract/call';
import { listTemplates, previewTemplate, type Template } from '@parvis/contract/doc-templates';
import { createDocument } from '@parvis/contract/docs';
import type { OutputOf } from '@parvis/contract/operation';
import type { Locale, Resource } from '@parvis/contract/shape';
import { Select } from '@parvis/ui/Select';
import { TextField } from '@parvis/ui/TextField';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { FormDialog } from '../../shell/FormDialog.tsx';
import { wayTo } from '../../shell/resource-way.ts';

type Lines = OutputOf<typeof previewTemplate>['lines'];

interface Props {
  /** Where it may be made; asked when there are several. */
  spaces: readonly Pick<Resource, 'id' | 'title'>[];
  /** Chosen from the beginning. */
  templateId?: string;
  close: () => void;
}

/** Asks for the name of a new document and what it begins with, makes it and goes there. */
export function NewDocumentDialog({ spaces, templateId, close }: Props) {
  const t = useTranslations('docsTree');
  const shell = useTranslations('shell');
  const locale = useLocale() as Locale;
  const router = useRouter();
  const [spaceId, setSpaceId] = useState(spaces[0]?.id ?? '');
  const templates = useTemplates(spaceId, locale);
  const [chosen, setChosen] = useState<string | null>(templateId ?? null);
  const [name, setName] = useState('');
  async function submit() {
    const template = chosen === null ? {} : { templateId: chosen, locale };
    const made = await call(createDocument, { parentId: spaceId, title: name, ...template });
    router.push(wayTo(made));
    router.refresh();
  }
  return (
    <FormDialog size="l" title={shell('newThing.document')} onSubmit={submit} close={close}>
      {(refusal) => (
        <>
          <TextField
            label={shell('name')}
            value={name}
            onChange={(event) => setName(event.target.value)}
            error={refusal}
            required
            autoFocus
          />
          {spaces.length > 1 && (
            <Select
              label={t('inSpace')}
              value={spaceId}
              onChange={setSpaceId}
              options={spaces.map(({ id, title }) => ({ id, label: title }))}
            />
          )}
          <div className="tree-new">
            <Choices templates={templates} chosen={chosen} onChoose={setChosen} />
            <Preview templateId={chosen} locale={locale} />
          </div>
        </>
      )}
    </FormDialog>
  );
}

function useTemplates(spaceId: string, locale: Locale): readonly Template[] {
  const [templates, setTemplates] = useState<readonly Template[]>([]);
  useEffect(() => {
    const stop = new AbortController();
    call(listTemplates, { spaceId, locale }, { signal: stop.signal }).then(
      (answer) => setTemplates(answer.templates),
      // A blank page can always be had.
      () => undefined,
    );
    return () => stop.abort();
  }, [spaceId, locale]);
  return templates;
}

interface ChoicesProps {
  templates: readonly Template[];
  chosen: string | null;
  onChoose: (id: string | null) => void;
}

function Choices({ templates, chosen, onChoose }: ChoicesProps) {
  const t = useTranslations('docsTree');
  const all = [{ id: null, title: t('blank'), note: '' }, ...templates.map(noteOf)];
  function noteOf({ id, title, scope }: Template) {
    return { id, title, note: t(`templateScopes.${scope}`) };
  }
  return (
    <fieldset className="tree-choices">
      <legend className="p-label">{t('template')}</legend>
      {all.map(({ id, title, note }) => (
        <label key={id ?? 'blank'} className="tree-choice">
          <input type="radio" name="template" checked={chosen === id} onChange={() => onChoose(id)} />
          <bdi className="p-cut p-grow">{title}</bdi>
          <span className="p-meta">{note}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** The first lines of what the document will begin with. */
function Preview({ templateId, locale }: { templateId: string | null; locale: Locale }) {
  const t = useTranslations('docsTree');
  const [shown, setShown] = useState<{ id: string; lines: Lines; description: string } | null>(null);
  useEffect(() => {
    if (templateId === null) return setShown(null);
    const stop = new AbortController();
    call(previewTemplate, { templateId, locale }, { signal: stop.signal }).then(
      ({ lines, template }) => setShown({ id: templateId, lines, description: template.description }),
      () => undefined,
    );
    return () => stop.abort();
  }, [templateId, locale]);
  return (
    <section className="tree-preview" aria-label={t('preview')} aria-live="polite">
      <p className="p-meta">{shown === null ? t('blankHelp') : shown.description}</p>
      {shown?.lines.map(({ kind, level, text }, at) => (
        <p key={`${shown.id}/${at}`} dir="auto" data-kind={kind} data-level={level}>
          {text}
        </p>
      ))}
    </section>
  );
}
