'use client';
import type { Query } from '@parvis/contract/chat-query';
import { operatorNames } from '@parvis/contract/chat-query-names';
import type { Locale } from '@parvis/contract/shape';
import { Icon } from '@parvis/ui/Icon';
import { X } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { without } from './suggest.ts';

interface Props {
  text: string;
  query: Query;
  onChange: (text: string) => void;
  within: { readonly title: string } | null;
  onAnywhere: () => void;
}

/** What narrows the question, each to be taken away by a press. */
export function SearchChips({ text, query, onChange, within, onAnywhere }: Props) {
  const t = useTranslations('search');
  const locale = useLocale() as Locale;
  const filters = query.tokens.filter(({ operator, value }) => operator !== null && value !== '');
  if (filters.length === 0 && within === null) return null;
  const inName = operatorNames.in[locale][0];
  return (
    <ul className="search-chips" aria-label={t('filters')}>
      {within !== null && (
        <li>
          <button
            type="button"
            className="p-chip"
            aria-label={t('dropFilter', { filter: `${inName} ${within.title}` })}
            onClick={onAnywhere}
          >
            <span className="p-meta">{inName}</span> <bdi>{within.title}</bdi>
            <Icon of={X} size="s" />
          </button>
        </li>
      )}
      {filters.map((one) => {
        const name = one.operator === null ? '' : operatorNames[one.operator][locale][0];
        return (
          <li key={one.from}>
            <button
              type="button"
              className="p-chip"
              aria-label={t('dropFilter', {
                filter: [one.not ? t('not') : '', name, one.value].join(' ').trim(),
              })}
              onClick={() => onChange(without(text, one))}
            >
              {one.not && <span>{t('not')}</span>} <span className="p-meta">{name}</span>{' '}
              <bdi>{one.value}</bdi>
              <Icon of={X} size="s" />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
