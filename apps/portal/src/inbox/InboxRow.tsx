'use client';
import type { InboxItem } from '@parvis/contract/notify';
import { Avatar } from '@parvis/ui/Avatar';
import { exactTime, timeAway } from '@parvis/ui/format';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { AlarmClock, Check, Circle, CircleDot, Undo2, Unplug } from 'lucide-react';
import Link from 'next/link';
import { useLocale, useNow, useTimeZone, useTranslations } from 'next-intl';
import { useInboxWords } from './useInboxWords.ts';
import { wayOf } from './way.ts';

interface Props {
  item: InboxItem;
  /** What was said, in short, where this person may still read it. */
  excerpt?: string | undefined;
  onDone: (ids: string[]) => void;
  onMark: (as: 'read' | 'unread' | 'open', id: string) => void;
}

/** One line: who, what happened, when; it leads to the very place. */
export function InboxRow({ item, excerpt, onDone, onMark }: Props) {
  const t = useTranslations('inbox');
  const locale = useLocale();
  const timeZone = useTimeZone();
  const now = useNow();
  const words = useInboxWords()(item);
  const way = wayOf(item);
  const { id, kind, by, at, read, done } = item;
  const said = `inbox-said-${id}`;
  const inside = (
    <>
      {by === null ? (
        <span className="p-kind">
          <Icon of={kind === 'hook-disabled' ? Unplug : AlarmClock} size="s" />
        </span>
      ) : (
        <Avatar id={by.id} name={by.name} />
      )}
      <span className="inbox-words">
        <span className="inbox-said" id={said}>
          {words}
          {!read && <span className="p-sr"> ({t('unread')})</span>}
        </span>
        {excerpt !== undefined && (
          <span className="inbox-excerpt" dir="auto">
            {excerpt}
          </span>
        )}
      </span>
      <time dateTime={at} title={exactTime(at, locale, { timeZone })} suppressHydrationWarning>
        {timeAway(at, locale, now)}
      </time>
    </>
  );
  return (
    <li data-unread={!read || undefined} data-done={done || undefined} data-item={id}>
      {way === null ? (
        <span className="inbox-open" tabIndex={-1}>
          {inside}
        </span>
      ) : (
        <Link className="inbox-open" href={way} onClick={() => !read && onMark('read', id)}>
          {inside}
        </Link>
      )}
      <RowActs item={item} said={said} onDone={onDone} onMark={onMark} />
    </li>
  );
}

/** The two buttons of a line; `said` is the id of its words, which they are about. */
function RowActs({ item: { id, read, done }, said, onDone, onMark }: Props & { said: string }) {
  const t = useTranslations('inbox');
  return (
    <>
      <IconButton
        label={t(read ? 'markUnread' : 'markRead')}
        aria-describedby={said}
        shortcut="U"
        onClick={() => onMark(read ? 'unread' : 'read', id)}
      >
        <Icon of={read ? Circle : CircleDot} size="s" />
      </IconButton>
      {done ? (
        <IconButton
          label={t('reopen')}
          aria-describedby={said}
          shortcut="E"
          tipAlign="end"
          onClick={() => onMark('open', id)}
        >
          <Icon of={Undo2} size="s" />
        </IconButton>
      ) : (
        <IconButton
          label={t('done')}
          aria-describedby={said}
          shortcut="E"
          tipAlign="end"
          onClick={() => onDone([id])}
        >
          <Icon of={Check} size="s" />
        </IconButton>
      )}
    </>
  );
}
