'use client';
import { call } from '@parvis/contract/call';
import { renameResource } from '@parvis/contract/directory';
import type { Document } from '@parvis/contract/docs';
import { nameLengthMax } from '@parvis/contract/limits';
import { toast } from '@parvis/ui/Toast';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useProblem } from '../problems/useProblem.ts';

/** The title, written where it is read; saved when the field is left or Enter is pressed. */
export function TitleField({ document }: { document: Document }) {
  const t = useTranslations('docs');
  const problem = useProblem();
  const router = useRouter();
  const [title, setTitle] = useState(document.title);
  const field = useRef<HTMLTextAreaElement>(null);
  // A colleague gave another title: who is writing one now keeps theirs until they leave the field.
  useEffect(() => {
    if (field.current !== window.document.activeElement) setTitle(document.title);
  }, [document.title]);
  if (!document.abilities.edit) {
    return (
      <h1 className="docs-title" dir="auto">
        {document.title}
      </h1>
    );
  }
  async function save() {
    const wanted = title.trim();
    if (wanted === '' || wanted === document.title) return setTitle(document.title);
    try {
      await call(renameResource, { id: document.id, title: wanted });
      router.refresh();
    } catch (error) {
      setTitle(document.title);
      toast(problem(error), { tone: 'bad' });
    }
  }
  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.key === 'Escape') setTitle(document.title);
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    event.currentTarget.blur();
  }
  return (
    <h1 className="docs-title">
      <textarea
        ref={field}
        aria-label={t('title')}
        dir="auto"
        rows={1}
        value={title}
        maxLength={nameLengthMax}
        onChange={(event) => setTitle(event.target.value.replaceAll('\n', ' '))}
        onBlur={() => void save()}
        onKeyDown={onKeyDown}
      />
    </h1>
  );
}
