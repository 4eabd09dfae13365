'use client';
import { call } from '@parvis/contract/call';
import type { Query } from '@parvis/contract/chat-query';
import { find } from '@parvis/contract/directory';
import type { Locale, Person } from '@parvis/contract/shape';
import { useLocale } from 'next-intl';
import { useAnswer } from './useAnswer.ts';
import { type Place, placeAt, type Suggestion, suggestionsFor, written } from './suggest.ts';

export type Proposed = Suggestion & { readonly person?: Person; readonly channel?: string };

const namesMax = 8;

async function namesFor(place: Place, locale: Locale, signal: AbortSignal): Promise<Proposed[]> {
  const { operator } = place;
  if (operator !== 'from' && operator !== 'in') return [];
  const { people, resources } = await call(
    find,
    { q: place.value.replace(/^[@#]/, ''), limit: 50 },
    { signal },
  );
  const named = (id: string, value: string): Suggestion => ({
    id,
    text: written(place, operator, value, locale),
    whole: true,
    operator,
    value,
  });
  if (operator === 'from') return people.map((person) => ({ ...named(person.id, person.name), person }));
  return resources
    .filter(({ kind }) => kind === 'channel')
    .map((channel) => ({ ...named(channel.id, channel.title), channel: channel.title }));
}

/** What may stand at the caret: operators, their values, people and channels by their names. */
export function useSuggestions(
  query: Query,
  caret: number,
): { place: Place; suggestions: readonly Proposed[] } {
  const locale = useLocale() as Locale;
  const place = placeAt(query, caret);
  const named = (place.operator === 'from' || place.operator === 'in') && place.value !== '';
  const answer = useAnswer(named ? `${place.operator} ${place.not} ${place.value}` : '', (signal) =>
    namesFor(place, locale, signal),
  );
  const names = named && !answer.busy ? (answer.value ?? []) : [];
  return { place, suggestions: [...suggestionsFor(place, locale), ...names.slice(0, namesMax)] };
}
