'use client';
import { Icon } from '@parvis/ui/Icon';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import type { ListProps } from './MessageList.tsx';
import type { Row } from './rows.ts';

/** Whether the line of what is new has been seen, or there is none. */
function useNewSeen(id: string, rows: readonly Row[], unread: number): boolean {
  const [seen, setSeen] = useState(unread === 0);
  useEffect(() => {
    const line = document.getElementById(id);
    if (seen || line === null) return;
    const watch = new IntersectionObserver(
      (found) => found.some((one) => one.isIntersecting) && setSeen(true),
    );
    watch.observe(line);
    return () => watch.disconnect();
  }, [id, rows, seen]);
  return seen;
}

/** Ways that lie over the list: up to the first unread message, down to the newest, each with how many. */
export function Pills(props: ListProps & { away: boolean; rows: readonly Row[] }) {
  const { id, messages, missed, newer, away, unread, rows, here } = props;
  const t = useTranslations('chatMessage');
  const newSeen = useNewSeen(`${id}-new`, rows, unread);
  // What came since one has left the end.
  const leftAt = useRef(0);
  const last = messages.at(-1)?.seq ?? 0;
  if (!away) leftAt.current = last;
  const came = messages.filter(({ seq, sender }) => seq > leftAt.current && sender.id !== here.me.id).length;
  const below = newer ? missed : came;
  return (
    <>
      {!newSeen && (
        <button type="button" className="chat-pill" data-side="top" onClick={props.onUnread}>
          <Icon of={ArrowUp} size="s" />
          {t('unreadAbove', { count: unread })}
        </button>
      )}
      {away && (
        <button
          type="button"
          className="chat-pill"
          data-side="bottom"
          data-some={below > 0 || undefined}
          onClick={props.onNewest}
        >
          <Icon of={ArrowDown} size="s" />
          {below > 0 ? t('newBelow', { count: below }) : t('toNewest')}
        </button>
      )}
    </>
  );
}
