'use client';
import { useFormatter, useLocale, useTranslations } from 'next-intl';
import type { Node } from 'prosemirror-model';
import { useEffect, useState } from 'react';
import type { DocumentEditor } from '../editor/document-editor.ts';
import { type Count, countText, minutesToRead } from './count-text.ts';

/** Milliseconds of rest before it is counted again while somebody writes. */
const restMs = 400;

/** What each block counted, for as long as it lives: at a change only the block that changed is counted. */
const counted = new WeakMap<Node, Count>();

const textOf = (block: Node, from: number, to: number) => block.textBetween(from, to, ' ', ' ');

function countOf(editor: DocumentEditor, locale: string): { all: Count; chosen: Count | null } {
  const { doc, selection } = editor.prosemirrorState;
  const all = { words: 0, characters: 0 };
  const chosen = { words: 0, characters: 0 };
  const add = (sum: { words: number; characters: number }, one: Count) => {
    sum.words += one.words;
    sum.characters += one.characters;
  };
  doc.descendants((node, position) => {
    if (!node.isTextblock) return true;
    let known = counted.get(node);
    if (known === undefined) {
      known = countText(textOf(node, 0, node.content.size), locale);
      counted.set(node, known);
    }
    add(all, known);
    const from = Math.max(0, selection.from - position - 1);
    const to = Math.min(node.content.size, selection.to - position - 1);
    if (from === 0 && to === node.content.size) add(chosen, known);
    else if (from < to) add(chosen, countText(textOf(node, from, to), locale));
    return false;
  });
  return { all, chosen: selection.empty ? null : chosen };
}

/** How long the text is, and how long it takes to read; of the selection too. It follows while people write. */
export function WordCount({ editor }: { editor: DocumentEditor | null }) {
  const t = useTranslations('docsWriting');
  const format = useFormatter();
  const locale = useLocale() as 'fr' | 'en' | 'ar';
  const [count, setCount] = useState<{ all: Count; chosen: Count | null } | null>(null);
  useEffect(() => {
    if (editor === null) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tiptap = editor._tiptapEditor;
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(() => setCount(countOf(editor, locale)), restMs);
    };
    tiptap.on('transaction', later);
    setCount(countOf(editor, locale));
    return () => {
      tiptap.off('transaction', later);
      clearTimeout(timer);
    };
  }, [editor, locale]);
  if (count === null) return null;
  const { all, chosen } = count;
  const line = (name: string, whole: number, part: number | undefined) => (
    <div>
      <dt>{name}</dt>
      <dd>
        {part === undefined
          ? format.number(whole)
          : t('count.of', { part: format.number(part), whole: format.number(whole) })}
      </dd>
    </div>
  );
  return (
    <section className="docs-count" aria-label={t('count.title')}>
      <dl>
        {line(t('count.words'), all.words, chosen?.words)}
        {line(t('count.characters'), all.characters, chosen?.characters)}
        <div>
          <dt>{t('count.reading')}</dt>
          <dd>{t('count.minutes', { count: minutesToRead(all.words, locale) })}</dd>
        </div>
      </dl>
    </section>
  );
}
