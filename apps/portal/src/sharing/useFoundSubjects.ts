'use client';
import { call } from '@parvis/contract/call';
import { listGroups, listPeople } from '@parvis/contract/directory';
import type { SelectOption } from '@parvis/ui/Select';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';

const suggestionsMax = 8;

export interface FoundSubject extends SelectOption {
  readonly kind: 'person' | 'group';
}

/** People and groups whose name matches what is typed: people first, as the directory orders them. */
export function useFoundSubjects(text: string): readonly FoundSubject[] {
  const t = useTranslations('sharing');
  const [found, setFound] = useState<readonly FoundSubject[]>([]);
  useEffect(() => {
    const stop = new AbortController();
    const wanted = text.toLocaleLowerCase();
    Promise.all([
      call(listPeople, { q: text, limit: suggestionsMax }, { signal: stop.signal }),
      call(listGroups, {}, { signal: stop.signal }),
    ]).then(
      ([{ people }, { groups }]) =>
        setFound([
          ...people.map((one) => ({ id: one.id, label: one.name, note: one.email, kind: 'person' as const })),
          ...groups
            .filter((one) => one.name.toLocaleLowerCase().includes(wanted))
            .map((one) => ({
              id: one.id,
              label: one.name,
              note: t('members', { count: one.memberCount }),
              kind: 'group' as const,
            })),
        ]),
      () => undefined,
    );
    return () => stop.abort();
  }, [text, t]);
  return found;
}
