import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Query, readQuery, writeOperator } from './chat-query.ts';
import { daysOf } from './chat-query-days.ts';
import {
  carriedByName,
  carriedNames,
  folded,
  operatorByName,
  operatorNames,
  operators,
  stateByName,
  stateNames,
} from './chat-query-names.ts';

/** A Wednesday. */
const today = '2026-11-25';

type Part = Partial<Omit<Query, 'tokens'>>;
const word = (text: string, not = false) => ({ kind: 'word', text, not }) as const;
const phrase = (text: string, not = false) => ({ kind: 'phrase', text, not }) as const;
const nothing: Part = { words: [], from: [], in: [], has: [], is: [], since: null, until: null, hints: [] };

const table: [string, Part][] = [
  ['', {}],
  ['  budget  digue ', { words: [[word('budget')], [word('digue')]] }],
  ['"conseil municipal" budget', { words: [[phrase('conseil municipal')], [word('budget')]] }],
  ['« conseil municipal »', { words: [[phrase('conseil municipal')]] }],
  ['“town hall', { words: [[phrase('town hall')]] }],
  ['""', {}],
  ['budget -brouillon', { words: [[word('budget')], [word('brouillon', true)]] }],
  ['-"premier jet"', { words: [[phrase('premier jet', true)]] }],
  ['- tiret -- deux', { words: [[word('-')], [word('tiret')], [word('--')], [word('deux')]] }],
  ['porte-parole', { words: [[word('porte-parole')]] }],
  ['digue OR quai port', { words: [[word('digue'), word('quai')], [word('port')]] }],
  ['digue OU "le quai" | port', { words: [[word('digue'), phrase('le quai'), word('port')]] }],
  ['ميناء أو سد', { words: [[word('ميناء'), word('سد')]] }],
  ['OR digue OR', { words: [[word('digue')]] }],
  ['or ou', { words: [[word('or')], [word('ou')]] }],
  ['from:ada', { from: [{ text: 'ada', not: false }] }],
  [
    'de:"Ada Lovelace" -par:@ben',
    {
      from: [
        { text: 'Ada Lovelace', not: false },
        { text: 'ben', not: true },
      ],
    },
  ],
  [
    'من:آدا FROM:x',
    {
      from: [
        { text: 'آدا', not: false },
        { text: 'x', not: false },
      ],
    },
  ],
  [
    'in:#general dans:«Le port» في:ميناء',
    { in: ['general', 'Le port', 'ميناء'].map((text) => ({ text, not: false })) },
  ],
  [
    'has:file avec:lien فيه:صورة',
    { has: (['file', 'link', 'image'] as const).map((what) => ({ what, not: false })) },
  ],
  [
    'contient:sondage has:code -has:pin',
    {
      has: [
        { what: 'poll', not: false },
        { what: 'code', not: false },
        { what: 'pin', not: true },
      ],
    },
  ],
  [
    'avec:réaction avec:Epinglé',
    { has: (['reaction', 'pin'] as const).map((what) => ({ what, not: false })) },
  ],
  [
    'is:thread est:direct هو:محفوظة',
    { is: (['thread', 'dm', 'saved'] as const).map((what) => ({ what, not: false })) },
  ],
  ['est:non-lu is:mine', { is: (['unread', 'mine'] as const).map((what) => ({ what, not: false })) }],
  ['before:2026-11-01', { until: '2026-11-01' }],
  ['after:2026-11-01', { since: '2026-11-02' }],
  ['après:octobre avant:2026-11-20', { since: '2026-11-01', until: '2026-11-20' }],
  ['le:hier', { since: '2026-11-24', until: '2026-11-25' }],
  ['يوم:أمس', { since: '2026-11-24', until: '2026-11-25' }],
  ['pendant:2025', { since: '2025-01-01', until: '2026-01-01' }],
  ['خلال:نوفمبر', { since: '2026-11-01', until: '2026-12-01' }],
  ['during:december', { since: '2025-12-01', until: '2026-01-01' }],
  ['on:01/02/2026 after:2025', { since: '2026-02-01', until: '2026-02-02' }],
  ['from: budget in:', { words: [[word('budget')]] }],
  ['foo:bar', { words: [[word('foo:bar')]], hints: [{ what: 'unknown-operator', text: 'foo' }] }],
  [
    'before:demain-ou-pas',
    {
      words: [[word('before:demain-ou-pas')]],
      hints: [{ what: 'unknown-value', text: 'before:demain-ou-pas' }],
    },
  ],
  [
    'has:licorne',
    { words: [[word('has:licorne')]], hints: [{ what: 'unknown-value', text: 'has:licorne' }] },
  ],
  [
    '-is:saved',
    {
      words: [[word('is:saved', true)]],
      hints: [{ what: 'unknown-value', text: 'is:saved' }],
    },
  ],
  ['-on:hier', { words: [[word('on:hier', true)]], hints: [{ what: 'unknown-value', text: 'on:hier' }] }],
  [
    'https://parvis.example/a réunion: 14:30',
    { words: [[word('https://parvis.example/a')], [word('réunion:')], [word('14:30')]] },
  ],
];

describe('a question is read', () => {
  test.each(table)('%s', (text, expected) => {
    const { tokens: _, ...read } = readQuery(text, today);
    expect(read).toEqual({ ...nothing, ...expected });
  });

  test('in stretches that cover all of it but spaces', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom('a', ' ', '"', '-', ':', 'de', 'from:', 'OR', '«', '»', 'من:', '\u{1f600}', '\n'),
          { maxLength: 30 },
        ),
        (parts) => {
          const text = parts.join('');
          let at = 0;
          let rest = '';
          for (const token of readQuery(text, today).tokens) {
            expect(token.from).toBeGreaterThanOrEqual(at);
            expect(token.to).toBeGreaterThan(token.from);
            rest += text.slice(at, token.from);
            at = token.to;
          }
          expect((rest + text.slice(at)).trim()).toBe('');
        },
      ),
    );
  });

  test('what is proposed in a language is understood, whatever the name', () => {
    for (const locale of ['fr', 'en', 'ar'] as const)
      for (const operator of operators) {
        const value = operator === 'from' || operator === 'in' ? 'Anne "Nana" Le Goff' : '2026';
        const [token] = readQuery(writeOperator(operator, value, locale), today).tokens;
        expect(token).toMatchObject({ operator, value: value.replaceAll('"', '') });
      }
  });

  test('no name means two things', () => {
    const lists: [Record<string, Record<string, readonly string[]>>, ReadonlyMap<string, string>][] = [
      [operatorNames, operatorByName],
      [carriedNames, carriedByName],
      [stateNames, stateByName],
    ];
    for (const [names, known] of lists)
      for (const [key, languages] of Object.entries(names))
        for (const name of Object.values(languages).flat()) expect(known.get(folded(name)), name).toBe(key);
  });
});

describe('days', () => {
  test.each([
    ['2026', '2026-01-01', '2027-01-01'],
    ['2026-02', '2026-02-01', '2026-03-01'],
    ['2024/2/29', '2024-02-29', '2024-03-01'],
    ['٢٠٢٦-١١-٠٥', '2026-11-05', '2026-11-06'],
    ['5.11.2026', '2026-11-05', '2026-11-06'],
    ['24/12', '2025-12-24', '2025-12-25'],
    ["aujourd'hui", '2026-11-25', '2026-11-26'],
    ['mercredi', '2026-11-25', '2026-11-26'],
    ['thursday', '2026-11-19', '2026-11-20'],
    ['الإثنين', '2026-11-23', '2026-11-24'],
    ['semaine', '2026-11-23', '2026-11-30'],
    ['Août', '2026-08-01', '2026-09-01'],
    ['month', '2026-11-01', '2026-12-01'],
    ['سنة', '2026-01-01', '2027-01-01'],
  ])('%s', (text, since, until) => {
    expect(daysOf(text, today)).toEqual({ since, until });
  });

  test.each(['', '2026-02-30', '2025-02-29', '13/13', '0/1', '99999', '1066', '2026-13', 'bientôt', '5-'])(
    'none: %s',
    (text) => {
      expect(daysOf(text, today)).toBeNull();
    },
  );
});
