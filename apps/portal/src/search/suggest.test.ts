import { readQuery } from '@parvis/contract/chat-query';
import { describe, expect, test } from 'vitest';
import { placeAt, replaced, suggestionsFor, without, wordsOf } from './suggest.ts';

const read = (text: string) => readQuery(text, '2026-11-25');
/** The caret stands at the bar. */
function at(marked: string) {
  const caret = marked.indexOf('|');
  const text = marked.replace('|', '');
  return { text, place: placeAt(read(text), caret) };
}
const texts = (marked: string, locale: 'fr' | 'en' | 'ar') =>
  suggestionsFor(at(marked).place, locale).map(({ text }) => text);

describe('suggestions', () => {
  test('operators in the language of the person, by what was begun in any language', () => {
    expect(texts('|', 'fr')).toEqual([
      'de:',
      'dans:',
      'avant:',
      'après:',
      'le:',
      'pendant:',
      'avec:',
      'est:',
    ]);
    expect(texts('budget da|', 'fr')).toEqual(['dans:']);
    expect(texts('-fro|', 'ar')).toEqual(['-من:']);
    expect(texts('budget|', 'en')).toEqual([]);
  });

  test('values of the operator that is being typed', () => {
    expect(texts('avec:f|', 'fr')).toEqual(['avec:fichier']);
    expect(texts('فيه:ص|', 'ar')).toEqual(['فيه:صورة', 'فيه:صوت']);
    expect(texts('-is:un|', 'en')).toEqual(['-is:unread']);
    expect(texts('before:y|', 'en')).toEqual(['before:yesterday']);
    expect(texts('from:|', 'en')).toEqual(['from:me']);
  });

  test('what is suggested is understood', () => {
    for (const locale of ['fr', 'en', 'ar'] as const)
      for (const operator of suggestionsFor(at('|').place, locale))
        for (const { text } of suggestionsFor(at(`${operator.text}|`).place, locale)) {
          const { hints, tokens } = read(text);
          expect(hints, text).toEqual([]);
          expect(tokens).toHaveLength(1);
        }
  });

  test('takes the place of what was begun and leaves the rest', () => {
    const { text, place } = at('digue avec:fi| port');
    expect(replaced(text, place, 'avec:fichier', true)).toEqual({
      text: 'digue avec:fichier port',
      caret: 19,
    });
    expect(without(text, place)).toBe('digue port');
    expect(wordsOf(read('digue -quai "le port" de:ada'))).toBe('digue le port');
  });
});
