'use client';
import { Count } from '@parvis/ui/Count';
import { Icon } from '@parvis/ui/Icon';
import { MessagesSquare } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useUnreadThreads } from './live-threads.ts';

/** The way to the inbox of threads, with how many have something new, live. */
export function ThreadsItem() {
  const t = useTranslations('chatThreads');
  const unread = useUnreadThreads() ?? 0;
  return (
    <Link className="p-item" href="/threads" data-unread={unread > 0 || undefined}>
      <Icon of={MessagesSquare} size="s" />
      <span className="p-cut">{t('title')}</span>
      {unread > 0 && <Count value={unread} label={t('unreadThreads', { count: unread })} />}
    </Link>
  );
}
