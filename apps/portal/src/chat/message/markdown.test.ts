import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { markdown } from './markdown.ts';
import { type Block, type Inline, isPlain, plain, wordsOf } from './tree.ts';

const person = '0198b6f0-0000-7000-8000-000000000001';
const p = (...of: Inline[]): Block => ({ t: 'p', of });

describe('the text of a message', () => {
  test('bold, italic, struck and code are read', () => {
    expect(markdown('**gras** *penché* ~~barré~~ `code`')).toEqual([
      p(
        { t: 'strong', of: ['gras'] },
        ' ',
        { t: 'em', of: ['penché'] },
        ' ',
        { t: 'del', of: ['barré'] },
        ' ',
        { t: 'code', text: 'code' },
      ),
    ]);
  });

  test('a word with underscores, and a tilde before a number, stay as typed', () => {
    expect(markdown('nom_de_fichier ~20 ~30')).toEqual([p('nom_de_fichier ~20 ~30')]);
  });

  test('lists, quotes and fenced code are blocks', () => {
    expect(markdown('1. un\n2. deux\n\n> cité\n\n```ts\nconst a = 1;\n```')).toEqual([
      { t: 'list', from: 1, items: [[p('un')], [p('deux')]] },
      { t: 'quote', of: [p('cité')] },
      { t: 'code', lang: 'ts', text: 'const a = 1;' },
    ]);
  });

  test('a line break that was typed is kept', () => {
    expect(markdown('une *ligne*\nune autre')).toEqual([
      p('une ', { t: 'em', of: ['ligne'] }, '\nune autre'),
    ]);
  });

  test('an address is a link without the full stop that ends the sentence', () => {
    expect(markdown('Voir https://example.org/a_b.')).toEqual([
      p('Voir ', { t: 'link', href: 'https://example.org/a_b', of: ['https://example.org/a_b'] }, '.'),
    ]);
  });

  test('people and groups are mentioned by their id', () => {
    expect(markdown(`Salut @[Amina **B**](person/${person}) !`)).toEqual([
      p('Salut ', { t: 'mention', kind: 'person', id: person, name: 'Amina ' }, ' !'),
    ]);
    expect(markdown(`@[Élus](group/${person})`)).toEqual([
      p({ t: 'mention', kind: 'group', id: person, name: 'Élus' }),
    ]);
  });

  test('HTML, entities, headings and pictures are text', () => {
    for (const text of [
      '<script>alert(1)</script>',
      '<img src=x onerror=alert(1)>',
      'a &lt;b&gt; c',
      '# titre',
      '---',
    ])
      expect(wordsOf(markdown(text), 100)).toBe(text);
    expect(JSON.stringify(markdown('![x](https://example.org/x.png)'))).not.toContain('"img"');
  });

  test('an address that is no address of the web is no link', () => {
    for (const href of [
      'javascript:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      ' JaVaScRiPt:alert(1)',
      '//evil',
    ])
      expect(JSON.stringify(markdown(`[ici](${href})`))).not.toContain('"t":"link"');
  });

  test('a fence without anything in it stays as typed', () => {
    expect(markdown('~~~~mot')).toEqual([p('~~~~mot')]);
    expect(markdown('```')).toEqual([p('```')]);
  });

  test('a bomb of signs is read at once, as typed', () => {
    const bomb = '['.repeat(19_999);
    expect(markdown(bomb)).toEqual(plain(bomb));
    expect(wordsOf(markdown(`${'>'.repeat(1_000)} x`), 10)).not.toBe('');
    expect(wordsOf(markdown('*_'.repeat(900)), 4_000)).not.toBe('');
  });

  test('no letter that was typed is lost', () => {
    const letters = (text: string) => text.replaceAll(/[^\p{L}]/gu, '');
    const piece = fc.constantFrom(
      '**',
      '*',
      '_',
      '`',
      '~~',
      '> ',
      '- ',
      '1. ',
      '\n',
      '\n\n',
      ' ',
      'mot',
      'كلمة',
      '[',
      ']',
      '(',
      ')',
      '<b>',
      '&amp;',
      '\\',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        // What stands behind a fence names a language, and the address of a link is no word.
        fc.pre(!/(```|~~~).*\n.*\S|\]\(/.test(text));
        expect(letters(wordsOf(markdown(text), 10_000))).toBe(letters(text));
      }),
    );
  });

  test('a text without signs is not given to the reader of Markdown, and would be read the same', () => {
    for (const text of [
      'Bonjour à toutes et à tous',
      'صباح الخير',
      'un\ndeux\n\ntrois',
      '14:30 – salle 2 (annexe)',
    ]) {
      expect(isPlain(text)).toBe(true);
      expect(markdown(text)).toEqual(plain(text));
    }
    for (const text of ['a *b*', '- a', '2) b', 'voir www.example.org', '@[A](person/x)'])
      expect(isPlain(text)).toBe(false);
  });
});
