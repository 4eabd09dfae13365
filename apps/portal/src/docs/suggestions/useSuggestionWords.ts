'use client';
import type { Person } from '@parvis/contract/shape';
import { exactTime } from '@parvis/ui/format';
import { toast } from '@parvis/ui/Toast';
import { useLocale, useTranslations } from 'next-intl';
import type { SuggestionWords } from './extension.ts';
import { names } from './names.ts';

/** What the editor says of suggestions, in the person's language. */
export function useSuggestionWords(me: Person): SuggestionWords {
  const t = useTranslations('docsSuggestions');
  const locale = useLocale();
  return {
    tell: (what, person, at) => {
      const name = person === me.id ? me.name : (names.of(person) ?? t('somebody'));
      return t(what, { name, when: exactTime(new Date(at), locale) });
    },
    onRefused: () => {
      toast(t('noMoves'), { tone: 'bad' });
    },
  };
}
