'use client';
import { Icon } from '@parvis/ui/Icon';
import { Cloud, CloudOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { DocumentStatus } from './connection.ts';

/** Says "saved" only when all that was written here is on the server's disk. */
export function SavedSign({ status }: { status: DocumentStatus }) {
  const t = useTranslations('docs');
  if (!status.synced) return null;
  const saved = status.unsaved === 0;
  const words = saved
    ? t('saved')
    : t(status.link === 'open' ? 'saving' : 'waiting', { count: status.unsaved });
  return (
    <span className="p-meta docs-saved" role="status" data-saved={saved || undefined}>
      <Icon of={saved || status.link === 'open' ? Cloud : CloudOff} size="s" />
      {words}
    </span>
  );
}
