'use client';
import './comments.css';
import type { Thread } from '@parvis/contract/doc-comments';
import { Seg } from '@parvis/ui/Seg';
import { SkeletonLines } from '@parvis/ui/Skeleton';
import { useTranslations } from 'next-intl';
import type { Node } from 'prosemirror-model';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useFrame } from '../../shell/AppFrame.tsx';
import type { DocumentEditor } from '../editor/document-editor.ts';
import type { PanelProps } from '../panels.tsx';
import { useBlocks } from '../useBlocks.ts';
import { bookOf, type Range } from './book.ts';
import { Composer } from './Composer.tsx';
import { placesIn } from './marks.ts';
import { ThreadCard } from './ThreadCard.tsx';
import { useCommentActs } from './useCommentActs.ts';
import { useDiscussion } from './useDiscussion.ts';

const filters = ['open', 'resolved', 'mine'] as const;
type Filter = (typeof filters)[number];

/** Where each conversation stands in the text, looked for again a moment after each change. */
function usePlaces(
  editor: DocumentEditor | null,
  blocks: unknown,
  threads: unknown,
): Map<string, number> | null {
  return useMemo(
    () => (editor === null ? null : placesIn(editor.prosemirrorState.doc as unknown as Node)),
    // oxlint-disable-next-line react/exhaustive-deps -- the text is read anew when blocks or conversations changed
    [editor, blocks, threads],
  );
}

function scrollTo(threadId: string): void {
  const mark = document.querySelector(`[data-bn-thread-id="${CSS.escape(threadId)}"]`);
  mark?.scrollIntoView({ block: 'center' });
}

interface BeginningProps {
  documentId: string;
  range: Range;
  onSend: (body: string) => Promise<void>;
  onCancel: () => void;
}

/** A conversation that is about to begin: the words that were selected, and room for a comment. */
function Beginning({ documentId, range, onSend, onCancel }: BeginningProps) {
  const t = useTranslations('docsComments');
  return (
    <section className="docs-thread" data-chosen aria-label={t('begin')}>
      <q className="docs-thread-quote" dir="auto">
        {range.quote}
      </q>
      <Composer
        documentId={documentId}
        label={t('comment')}
        action={t('send')}
        focused
        onSend={onSend}
        onCancel={onCancel}
      />
    </section>
  );
}

/** Which conversations each filter shows, to this person. */
function kindsFor(personId: string): Record<Filter, (thread: Thread) => boolean> {
  return {
    open: ({ resolved }) => resolved === null,
    resolved: ({ resolved }) => resolved !== null,
    mine: ({ comments }) =>
      comments.some(
        ({ author, mentions }) => author.id === personId || mentions.some(({ id }) => id === personId),
      ),
  };
}

/** The conversations about the text, in its order. */
export function CommentsPanel({ document, connection, editor }: PanelProps) {
  const t = useTranslations('docsComments');
  const { person } = useFrame();
  const book = bookOf(connection, document.id);
  const { threads, known, seen, rev, chosen, begun } = useDiscussion(book);
  const acts = useCommentActs(document.id, book, connection);
  const places = usePlaces(editor, useBlocks(connection.doc), threads);
  const [filter, setFilter] = useState<Filter>('open');
  // What was new when the panel was opened stays so while it is read.
  const seenAtFirst = useRef<number | null>(null);
  if (known) seenAtFirst.current ??= seen;
  useEffect(() => {
    if (known) void book.see();
  }, [book, known, rev]);
  useEffect(() => {
    const of = threads.find(({ id }) => id === chosen);
    if (of) setFilter((now) => (now === 'mine' ? now : of.resolved === null ? 'open' : 'resolved'));
    // oxlint-disable-next-line react/exhaustive-deps -- only a choice moves the filter
  }, [chosen]);
  if (!known) return <SkeletonLines label={t('loading')} rows={6} />;
  const kinds = kindsFor(person.id);
  const place = ({ id }: Thread) => places?.get(id) ?? Number.MAX_SAFE_INTEGER;
  const shown = threads.filter(kinds[filter]).toSorted((a, b) => place(a) - place(b) || a.rev - b.rev);
  return (
    <div className="docs-comments">
      <Seg
        label={t('filter')}
        value={filter}
        onChange={(id) => setFilter(id as Filter)}
        options={filters.map((id) => ({
          id,
          label: t(`filters.${id}`, { count: threads.filter(kinds[id]).length }),
        }))}
      />
      {begun !== null && (
        <Beginning
          documentId={document.id}
          range={begun}
          onSend={(body) => acts.start(begun, body)}
          onCancel={() => {
            book.begin(null);
            editor?.focus();
          }}
        />
      )}
      {shown.length === 0 && begun === null && (
        <p className="p-meta">{t(document.abilities.comment ? `empty.${filter}` : 'emptyReader')}</p>
      )}
      <ol aria-label={t('threads')}>
        {shown.map((thread) => (
          <ThreadCard
            key={thread.id}
            document={document}
            thread={thread}
            chosen={thread.id === chosen}
            gone={places !== null && !places.has(thread.id)}
            seen={seenAtFirst.current ?? 0}
            acts={acts}
            onChoose={() => {
              book.choose(thread.id);
              scrollTo(thread.id);
            }}
          />
        ))}
      </ol>
    </div>
  );
}
