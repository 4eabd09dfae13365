import { locales } from '../../i18n/locale.ts';
import { describe, expect, test } from 'vitest';
import { allSigns, findSigns, groups, inTone } from './signs.ts';

describe('the signs of the picker', () => {
  test('every sign has a name in all three languages, and none is there twice', async () => {
    const [french, ...others] = await Promise.all(locales.map((locale) => allSigns(locale)));
    expect(french?.length).toBeGreaterThan(1_800);
    expect(new Set(french?.map(({ sign }) => sign)).size).toBe(french?.length);
    for (const signs of [french, ...others]) {
      expect(signs?.filter(({ name }) => name === '')).toEqual([]);
      expect(new Set(signs?.map(({ group }) => group))).toEqual(new Set(groups));
    }
  });

  test.each([
    ['fr', 'cœur rouge', '❤️'],
    ['fr', 'coeur roug', '❤️'],
    ['fr', 'fusee', '🚀'],
    ['fr', 'thumbsup', '👍'],
    ['en', ':tada:', '🎉'],
    ['en', 'white_check_mark', '✅'],
    ['ar', 'قلب احمر', '❤️'],
    ['ar', 'صاروخ', '🚀'],
    ['ar', 'eyes', '👀'],
  ] as const)('in %s, "%s" finds %s', async (locale, text, sign) => {
    expect(findSigns(await allSigns(locale), text, 5).map((one) => one.sign)).toContain(sign);
  });

  test('nothing is found for no words, and for words that are nowhere', async () => {
    const signs = await allSigns('en');
    expect(findSigns(signs, ' : ', 5)).toEqual([]);
    expect(findSigns(signs, 'qqqqq', 5)).toEqual([]);
  });

  test('a tone stands behind the first character, in place of the sign that asks for a picture', async () => {
    const signs = await allSigns('en');
    const of = (wanted: string) => signs.find(({ sign }) => sign === wanted) ?? { sign: '', toned: false };
    expect(inTone(of('👍'), '🏽')).toBe('👍🏽');
    expect(inTone(of('☝️'), '🏿')).toBe('☝🏿');
    expect(inTone(of('🧑‍🚀'), '🏻')).toBe('🧑🏻‍🚀');
    expect(inTone(of('🚀'), '🏻')).toBe('🚀');
  });
});
