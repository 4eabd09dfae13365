import { expect, test } from 'vitest';
import { momentAndWords, momentSaid } from './when-said.ts';

/** A Wednesday, half past ten in the morning. */
const now = new Date(2026, 10, 25, 10, 30);
const inMinutes = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

test.each([
  ['20', 20],
  ['20 min', 20],
  ['in 20 minutes', 20],
  ['dans 2 heures', 120],
  ['1h', 60],
  ['1h30', 90],
  ['1 h 05', 65],
  ['2 jours', 2_880],
  ['une heure', null],
  ['hour', 60],
  ['بعد ساعتين', 120],
  ['٢٠ دقيقة', 20],
  ['ساعة', 60],
  ['3 أيام', 4_320],
  ['1 semaine', 10_080],
  ['0', null],
  ['h', null],
  ['25:00', null],
  ['bientôt', null],
  ['', null],
] as const)('"%s" is %s minutes from now', (text, minutes) => {
  expect(momentSaid(text, now)).toEqual(minutes === null ? null : inMinutes(minutes));
});

test.each([
  ['14:30', new Date(2026, 10, 25, 14, 30)],
  ['à 14h30', new Date(2026, 10, 25, 14, 30)],
  ['9:00', new Date(2026, 10, 26, 9, 0)],
  ['demain', new Date(2026, 10, 26, 9, 0)],
  ['tomorrow at 8:15', new Date(2026, 10, 26, 8, 15)],
  ['demain 8h', new Date(2026, 10, 26, 8, 0)],
  ['غدًا', new Date(2026, 10, 26, 9, 0)],
] as const)('"%s" is on the clock', (text, at) => {
  expect(momentSaid(text, now)).toEqual(at);
});

test.each([
  ['20 min appeler Paul', inMinutes(20), 'appeler Paul'],
  ['appeler Paul demain', new Date(2026, 10, 26, 9, 0), 'appeler Paul'],
  ['relire les 3 pages in 2 hours', inMinutes(120), 'relire les 3 pages'],
  ['appeler Paul', null, 'appeler Paul'],
] as const)('"%s" has a moment and words beside it', (text, at, words) => {
  expect(momentAndWords(text, now)).toEqual({ at, words });
});
