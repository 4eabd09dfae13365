import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  clockTime,
  dir,
  exactTime,
  fileSize,
  hueOf,
  initials,
  nameList,
  number,
  relativeTime,
  splitExtension,
  timeAway,
} from './format.tsx';
import { stoneOf } from './SpaceTile.tsx';

const paris = { timeZone: 'Europe/Paris' };
const now = '2026-11-23T09:48:00Z';

test('Arabic goes from right to left, French and English from left to right', () => {
  expect([dir('ar'), dir('ar-MA'), dir('fr'), dir('en-GB')]).toEqual(['rtl', 'rtl', 'ltr', 'ltr']);
});

describe('time as a colleague says it', () => {
  test('today is a clock on 24 hours, in the zone of the reader', () => {
    expect(relativeTime('2026-11-23T08:41:00Z', 'fr', now, paris)).toBe('09:41');
    expect(relativeTime('2026-11-23T14:05:00Z', 'en', now, paris)).toBe('15:05');
    expect(relativeTime('2026-11-23T08:41:00Z', 'ar', now, paris)).toBe('09:41');
  });
  test('a minute before midnight is yesterday where midnight has passed, and today elsewhere', () => {
    const late = '2026-11-22T22:30:00Z';
    expect(relativeTime(late, 'fr', '2026-11-22T23:30:00Z', paris)).toBe('hier');
    expect(relativeTime(late, 'fr', '2026-11-22T23:30:00Z', { timeZone: 'UTC' })).toBe('22:30');
  });
  test('this week has names, this year has days, older has a year', () => {
    expect(relativeTime('2026-11-20T10:00:00Z', 'fr', now, paris)).toBe('vendredi');
    expect(relativeTime('2026-11-09T10:00:00Z', 'fr', now, paris)).toBe('9 nov.');
    expect(relativeTime('2024-11-09T10:00:00Z', 'en', now, paris)).toBe('Nov 9, 2024');
    expect(relativeTime('2026-11-09T10:00:00Z', 'ar', now, paris)).toBe('9 نوفمبر');
  });
  test('a moment that is none gives nothing rather than "Invalid Date"', () => {
    expect(relativeTime('soon', 'fr', now)).toBe('');
    expect(exactTime('soon', 'fr')).toBe('');
    expect(timeAway('soon', 'fr', now)).toBe('');
  });
  test('the exact time names the day and the year', () => {
    expect(exactTime('2026-11-23T08:41:00Z', 'fr', paris)).toBe('lundi 23 novembre 2026 à 09:41');
    expect(exactTime('2026-11-23T08:41:00Z', 'ar', paris)).toMatch(/23 نوفمبر 2026.*09:41/);
  });
  test('what is near is counted, never "in 60 minutes"', () => {
    expect(timeAway('2026-11-23T10:00:00Z', 'fr', now)).toBe('dans 12 minutes');
    expect(timeAway('2026-11-23T08:48:20Z', 'en', now)).toBe('1 hour ago');
    expect(timeAway(now, 'en', now)).toBe('now');
  });
  test('midnight is 00, never 24', () => {
    expect(clockTime('2026-11-22T23:00:00Z', 'en', paris)).toBe('00:00');
  });
});

describe('sizes and numbers', () => {
  const plain = (text: string) => text.replace(/[\s\u00a0\u202f]/g, ' ');
  test('each language has its units, all have Latin digits', () => {
    expect(plain(fileSize(92_000, 'fr'))).toBe('92 ko');
    expect(plain(fileSize(4_200_000, 'fr'))).toBe('4,2 Mo');
    expect(plain(fileSize(4_200_000, 'en'))).toBe('4.2 MB');
    expect(fileSize(92_000, 'ar')).toMatch(/^92 /);
    expect(plain(number(1284, 'fr'))).toBe('1 284');
  });
  test('the edge of a unit does not show a thousand of the smaller one', () => {
    expect(plain(fileSize(999, 'en'))).toBe('999 byte');
    expect(plain(fileSize(999_600, 'en'))).toBe('1 MB');
    expect(plain(fileSize(0, 'en'))).toBe('0 byte');
    expect(plain(fileSize(-5, 'en'))).toBe('0 byte');
  });
  test('any size has at most four digits below a thousand terabytes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_000_000_000_000 }), (bytes) => {
        expect(fileSize(bytes, 'en').replace(/\D/g, '').length).toBeLessThan(5);
      }),
    );
  });
  test('names are joined as the language joins them', () => {
    expect(nameList(['Inès', 'Samir', 'Yanis'], 'fr')).toBe('Inès, Samir et Yanis');
    expect(nameList(['إيناس', 'سمير'], 'ar')).toBe('إيناس وسمير');
  });
});

describe('initials', () => {
  test('two letters of a Latin name, one of an Arabic one', () => {
    expect(initials('Clarisse Le Goff')).toBe('CG');
    expect(initials('adèle')).toBe('AD');
    expect(initials('إيناس مرفان')).toBe('إ');
    expect(initials('السيد كريم')).toBe('س');
  });
  test('what cannot be a name still has a face', () => {
    expect(initials('')).toBe('?');
    expect(initials('  ‮‭ ')).toBe('?');
    expect(initials('‮Samir‬ Kaddour')).toBe('SK');
    expect(initials('😀 Zoé')).toBe('ZO');
  });
  test('any text gives a short, printable mark', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (name) => {
        const mark = initials(name);
        expect(mark).not.toBe('');
        expect(mark).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      }),
    );
  });
});

describe('hues and paving stones', () => {
  test('the same id always gives the same hue and the same stone', () => {
    expect(hueOf('0198-a')).toBe(hueOf('0198-a'));
    expect(stoneOf('0198-a')).toEqual(stoneOf('0198-a'));
  });
  test('a thousand ids use every hue and every stone, none of them too often', () => {
    const ids = Array.from(
      { length: 1000 },
      (_, place) => `0198f0a0-0000-7000-8000-${String(place).padStart(12, '0')}`,
    );
    const counts = new Map<string, number>();
    for (const id of ids) {
      for (const mark of [`hue ${hueOf(id)}`, `stone ${JSON.stringify(stoneOf(id))}`]) {
        counts.set(mark, (counts.get(mark) ?? 0) + 1);
      }
    }
    expect(counts.size).toBe(16);
    expect(Math.max(...counts.values())).toBeLessThan(220);
    expect(Math.min(...counts.values())).toBeGreaterThan(50);
  });
});

test('the extension of a file always stays, a hidden file is not all extension', () => {
  expect(splitExtension('Planche 3.png')).toEqual(['Planche 3', '.png']);
  expect(splitExtension('.gitignore')).toEqual(['.gitignore', '']);
  expect(splitExtension('Note')).toEqual(['Note', '']);
  expect(splitExtension('v1.2 sent to the office of the minister')).toEqual([
    'v1.2 sent to the office of the minister',
    '',
  ]);
});
