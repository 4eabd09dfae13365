'use client';
import type { Thread } from '@parvis/contract/doc-comments';
import type { Document } from '@parvis/contract/docs';
import { Button } from '@parvis/ui/Button';
import { Icon } from '@parvis/ui/Icon';
import { Check, RotateCcw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { useFrame } from '../../shell/AppFrame.tsx';
import { CommentEntry } from './CommentEntry.tsx';
import { Composer } from './Composer.tsx';
import type { CommentActs } from './useCommentActs.ts';

interface Props {
  document: Document;
  thread: Thread;
  chosen: boolean;
  /** Its words are no longer in the text. */
  gone: boolean;
  /** Comments of others above it are new. */
  seen: number;
  acts: CommentActs;
  onChoose: () => void;
}

/** One conversation: the words it is about, what was said, and an answer. */
export function ThreadCard({ document, thread, chosen, gone, seen, acts, onChoose }: Props) {
  const t = useTranslations('docsComments');
  const { person } = useFrame();
  const card = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (chosen) card.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const { comment: mayComment, edit } = document.abilities;
  const mayResolve = mayComment && (edit || thread.comments[0]?.author.id === person.id);
  const resolved = thread.resolved !== null;
  return (
    <li
      ref={card}
      className="docs-thread"
      data-chosen={chosen || undefined}
      data-resolved={resolved || undefined}
    >
      <div className="docs-thread-head">
        <button
          type="button"
          className="docs-thread-quote"
          aria-current={chosen || undefined}
          onClick={onChoose}
        >
          <q dir="auto">{thread.quote}</q>
        </button>
        {mayResolve && (
          <Button
            kind="quiet"
            size="small"
            icon={<Icon of={resolved ? RotateCcw : Check} size="s" />}
            onClick={() => void acts.resolve(thread, !resolved).catch(() => undefined)}
          >
            {t(resolved ? 'reopen' : 'resolve')}
          </Button>
        )}
      </div>
      {gone && <p className="p-meta">{t('textGone')}</p>}
      {thread.resolved !== null && (
        <p className="p-meta">{t('resolvedBy', { name: thread.resolved.by.name })}</p>
      )}
      {thread.comments.map((comment) => (
        <CommentEntry
          key={comment.id}
          documentId={document.id}
          thread={thread}
          comment={comment}
          acts={acts}
          mayComment={mayComment}
          isNew={comment.rev > seen && comment.author.id !== person.id && !comment.deleted}
        />
      ))}
      {mayComment && chosen && (
        <Composer
          documentId={document.id}
          label={t('answerTo', { quote: thread.quote.slice(0, 60) })}
          action={t('answer')}
          onSend={(body) => acts.reply(thread, body)}
        />
      )}
    </li>
  );
}
