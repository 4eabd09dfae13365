'use client';
import type { Comment, Thread } from '@parvis/contract/doc-comments';
import { Avatar } from '@parvis/ui/Avatar';
import { Badge } from '@parvis/ui/Badge';
import { exactTime, nameList, number, relativeTime } from '@parvis/ui/format';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { Menu } from '@parvis/ui/Menu';
import { Popover } from '@parvis/ui/Popover';
import { Ellipsis, Pencil, SmilePlus, Trash2 } from 'lucide-react';
import { useLocale, useNow, useTranslations } from 'next-intl';
import { Fragment, useState } from 'react';
import { useFrame } from '../../shell/AppFrame.tsx';
import { Composer } from './Composer.tsx';
import type { CommentActs } from './useCommentActs.ts';

const quick = ['👍', '❤️', '🎉', '👀', '🙏', '✅'];

interface Props {
  documentId: string;
  thread: Thread;
  comment: Comment;
  acts: CommentActs;
  mayComment: boolean;
  isNew: boolean;
}

/** The words of a comment, with the names of whom it mentions. */
function Words({ comment }: { comment: Comment }) {
  const t = useTranslations('docsComments');
  const names = new Map(comment.mentions.map(({ id, name }) => [id, name]));
  const parts = comment.body.split(/<@([0-9a-f-]{36})>/);
  return (
    <p className="docs-comment-words" dir="auto">
      {parts.map((part, i) =>
        i % 2 === 0 ? (
          <Fragment key={i}>{part}</Fragment>
        ) : (
          <bdi key={i} className="docs-comment-mention">
            @{names.get(part) ?? t('somebody')}
          </bdi>
        ),
      )}
    </p>
  );
}

function Reactions({ thread, comment, acts, mayComment }: Props) {
  const t = useTranslations('docsComments');
  const locale = useLocale();
  const { person } = useFrame();
  if (comment.reactions.length === 0) return null;
  return (
    <div className="docs-reactions" role="group" aria-label={t('reactions')}>
      {comment.reactions.map(({ emoji, people }) => {
        const mine = people.some(({ id }) => id === person.id);
        const names = nameList(
          people.map(({ name }) => name),
          locale,
        );
        return (
          <button
            key={emoji}
            type="button"
            aria-pressed={mine}
            aria-label={t('reaction', { emoji, names })}
            title={names}
            disabled={!mayComment}
            onClick={() => void acts.react(thread, comment.id, emoji, !mine).catch(() => undefined)}
          >
            <span aria-hidden="true">{emoji}</span> {number(people.length, locale)}
          </button>
        );
      })}
    </div>
  );
}

function React({ thread, comment, acts }: Props) {
  const t = useTranslations('docsComments');
  return (
    <Popover
      bare
      align="end"
      label={t('react')}
      trigger={
        <IconButton label={t('react')}>
          <Icon of={SmilePlus} size="s" />
        </IconButton>
      }
    >
      {(close) => (
        <div className="docs-react">
          {quick.map((emoji) => (
            <button
              key={emoji}
              type="button"
              onClick={() => {
                close();
                void acts.react(thread, comment.id, emoji, true).catch(() => undefined);
              }}
            >
              {emoji}
            </button>
          ))}
        </div>
      )}
    </Popover>
  );
}

/** What its author can still do with a comment. */
function OwnMenu({ thread, comment, acts, onEdit }: Props & { onEdit: () => void }) {
  const t = useTranslations('docsComments');
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label={t('more')}>
          <Icon of={Ellipsis} size="s" />
        </IconButton>
      }
      groups={[
        {
          id: 'own',
          items: [
            {
              id: 'edit',
              label: t('edit'),
              icon: <Icon of={Pencil} size="s" />,
              onAction: onEdit,
            },
            {
              id: 'delete',
              label: t('delete'),
              danger: true,
              icon: <Icon of={Trash2} size="s" />,
              onAction: () => void acts.remove(thread, comment.id).catch(() => undefined),
            },
          ],
        },
      ]}
    />
  );
}

/** One comment: who, when, what, the reactions to it, and what its author can still do. */
export function CommentEntry(props: Props) {
  const { documentId, thread, comment, acts, mayComment, isNew } = props;
  const t = useTranslations('docsComments');
  const locale = useLocale();
  const now = useNow();
  const { person } = useFrame();
  const [editing, setEditing] = useState(false);
  const mine = comment.author.id === person.id && mayComment && !comment.deleted;
  return (
    <article className="docs-comment" aria-label={t('by', { name: comment.author.name })}>
      <header>
        <Avatar id={comment.author.id} name={comment.author.name} size="s" />
        <bdi className="docs-comment-author p-cut">{comment.author.name}</bdi>
        {comment.author.kind === 'guest' && <Badge>{t('guest')}</Badge>}
        {isNew && <Badge tone="info">{t('new')}</Badge>}
        <time dateTime={comment.at} title={exactTime(comment.at, locale)} className="p-meta">
          {relativeTime(comment.at, locale, now)}
        </time>
        {comment.editedAt !== null && <span className="p-meta">{t('edited')}</span>}
        <span className="docs-comment-acts">
          {mayComment && !comment.deleted && <React {...props} />}
          {mine && <OwnMenu {...props} onEdit={() => setEditing(true)} />}
        </span>
      </header>
      {comment.deleted && <p className="p-meta">{t('deleted')}</p>}
      {!comment.deleted && !editing && <Words comment={comment} />}
      {editing && (
        <Composer
          documentId={documentId}
          label={t('edit')}
          action={t('save')}
          initial={comment}
          focused
          onCancel={() => setEditing(false)}
          onSend={async (body) => {
            await acts.edit(thread, comment.id, body);
            setEditing(false);
          }}
        />
      )}
      <Reactions {...props} />
    </article>
  );
}
