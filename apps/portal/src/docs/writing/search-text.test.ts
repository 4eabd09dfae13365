import { describe, expect, test } from 'vitest';
import { countText, minutesToRead } from './count-text.ts';
import { replacementOf, searchFor, type SearchWish } from './search-text.ts';

const plain: SearchWish = { words: '', matchCase: false, wholeWord: false, pattern: false, accents: false };
/** What was found, as it stands in the text. */
const found = (text: string, wish: Partial<SearchWish>) =>
  searchFor({ ...plain, ...wish })?.(text).map(([from, to]) => text.slice(from, to)) ?? null;

describe('looking for words', () => {
  test('finds what is written with accents by what is not, and the other way round', () => {
    expect(found('Été, ete, été', { words: 'ete' })).toEqual(['Été', 'ete', 'été']);
    expect(found('Réunion décidée', { words: 'reunion decidee' })).toEqual(['Réunion décidée']);
    expect(found('e\u0301te\u0301 bleu', { words: 'été' })).toEqual(['e\u0301te\u0301']);
  });

  test('tells accents and capitals apart when that is asked', () => {
    expect(found('Été, ete, été', { words: 'été', accents: true })).toEqual(['Été', 'été']);
    expect(found('Été, ete, été', { words: 'été', accents: true, matchCase: true })).toEqual(['été']);
  });

  test('finds Arabic whatever signs it carries', () => {
    expect(found('عُقدت في الخريف', { words: 'عقدت' })).toEqual(['عُقدت']);
    expect(found('أهلا وإلى الأمام', { words: 'اهلا' })).toEqual(['أهلا']);
    expect(found('المـــدينة', { words: 'المدينة' })).toEqual(['المـــدينة']);
  });

  test('takes whole words alone when that is asked, in every script', () => {
    expect(found('part, parti, le part', { words: 'part', wholeWord: true })).toEqual(['part', 'part']);
    expect(found('قرار قرارات', { words: 'قرار', wholeWord: true })).toEqual(['قرار']);
  });

  test('takes signs for what they are, unless it is a pattern', () => {
    expect(found('1.284 ha (1x284)', { words: '1.284' })).toEqual(['1.284']);
    expect(found('1.284 ha (1x284)', { words: '1.284', pattern: true })).toEqual(['1.284', '1x284']);
    expect(found('a', { words: '(', pattern: true })).toBeNull();
    expect(found('aaa', { words: 'b*', pattern: true })).toEqual([]);
  });

  test('the places are those of the text as it is written, also after letters that take two', () => {
    expect(searchFor({ ...plain, words: 'fin' })?.('😀 é fin')).toEqual([[5, 8]]);
  });

  test('a pattern’s groups may be used in what replaces it', () => {
    const wish = { ...plain, words: String.raw`(\d+) ha`, pattern: true };
    expect(replacementOf(wish, '642 ha', '$1 hectares')).toBe('642 hectares');
    expect(replacementOf({ ...wish, pattern: false }, '642 ha', '$1')).toBe('$1');
  });
});

describe('counting', () => {
  test('counts words and characters as people do', () => {
    expect(countText('Trois zones sont retenues.', 'fr')).toEqual({ words: 4, characters: 26 });
    expect(countText('e\u0301te\u0301', 'fr')).toEqual({ words: 1, characters: 3 });
    expect(countText('أهلا بكم في الساحة', 'ar').words).toBe(4);
    expect(countText('', 'fr')).toEqual({ words: 0, characters: 0 });
  });

  test('says how long one reads', () => {
    expect(minutesToRead(0, 'fr')).toBe(0);
    expect(minutesToRead(12, 'ar')).toBe(1);
    expect(minutesToRead(880, 'fr')).toBe(4);
  });
});
