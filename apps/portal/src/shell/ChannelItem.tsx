'use client';
import { Count } from '@parvis/ui/Count';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useUnreadInChannel } from './live-unread.ts';

interface Props {
  id: string;
  title: string;
  current: boolean;
  /** As the server counted it. */
  unread: number;
  icon: ReactNode;
  /** Nothing in it counts as unread. */
  muted?: boolean;
  /** Stands behind the name. */
  mark?: ReactNode;
}

/** A channel in the list column, with how much of it is unread, live. */
export function ChannelItem({ id, title, current, unread, icon, muted, mark }: Props) {
  const t = useTranslations('shell');
  const live = useUnreadInChannel(id, unread);
  const shown = current || muted ? 0 : live;
  return (
    <Link
      className="p-item"
      href={`/chat/${id}`}
      aria-current={current ? 'page' : undefined}
      data-unread={shown > 0 || undefined}
    >
      {icon}
      <bdi className="p-cut">{title}</bdi>
      {mark}
      {shown > 0 && <Count value={shown} label={t('unreadCount', { count: shown })} />}
    </Link>
  );
}
