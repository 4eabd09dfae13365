'use client';
import type { InboxItem } from '@parvis/contract/notify';
import { useTranslations } from 'next-intl';

/** What happened, in one sentence: it names who did it and not what was said. */
export function useInboxWords(): (item: Pick<InboxItem, 'kind' | 'by' | 'count' | 'given'>) => string {
  const t = useTranslations('inbox');
  return ({ kind, by, count, given }) => {
    const name = by?.name ?? t('somebody');
    if (kind === 'access-answered') return t(given ? 'said.access-given' : 'said.access-refused');
    if (kind === 'named' || kind === 'assigned')
      return t(by === null ? `said.${kind}-by-nobody` : `said.${kind}`, { name });
    return t(`said.${kind}`, { name, count });
  };
}
