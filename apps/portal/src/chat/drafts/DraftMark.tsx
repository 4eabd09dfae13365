'use client';
import { Icon } from '@parvis/ui/Icon';
import { Pencil } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import { draftBook } from './draft-book.ts';

/** Says in a column that something was begun in a channel and not sent. */
export function DraftMark({ channelId }: { channelId: string }) {
  const t = useTranslations('chatCompose');
  const version = useSyncExternalStore(draftBook.watch, draftBook.version, () => 0);
  if (version === 0 || !draftBook.has(channelId)) return null;
  return (
    <span className="chat-draft-mark" role="img" aria-label={t('draft')} title={t('draft')}>
      <Icon of={Pencil} size="xs" />
    </span>
  );
}
