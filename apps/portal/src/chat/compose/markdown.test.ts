import type { Node } from 'prosemirror-model';
import { describe, expect, test } from 'vitest';
import { docOf } from './markdown-read.ts';
import { bodyOf } from './markdown-write.ts';
import { schema } from './schema.ts';

const id = '0197f7a0-0000-7000-8000-000000000001';

describe('a body that is opened for editing and written again', () => {
  test.each([
    ['words', 'Bonjour à tous'],
    ['lines', 'un\ndeux\n\ntrois'],
    ['styles', '**gras** *italique* ~~barré~~ `code` ***les deux***'],
    ['a list', 'Voici :\n- un\n- deux\n\nfin'],
    ['a list in a list', '- un\n  - un et demi\n- deux'],
    ['numbers', '3. trois\n4. quatre'],
    ['a quote', '> dit-elle\n> encore\n\nréponse'],
    ['code', '```ts\nconst a = `b`;\n\n  c(*d*);\n```\naprès'],
    ['a link', 'voir [le plan](https://example.org/a_(b%29)'.replace('(b%29', '%28b%29')],
    ['an address', 'https://example.org/a_b_c?d=e <https://example.org/_b_>'],
    ['a mention', `@[Amina Khelifi](person/${id}) et @[DSI](group/${id}), @here`],
    ['Arabic', 'صباح **الخير** @channel'],
    ['words_with_lines', 'snake_case_word 2 \\* 3'],
  ])('is the same: %s', (_, body) => {
    expect(bodyOf(docOf(body))).toBe(body);
  });

  test('letters that look like Markdown and were typed as letters stay letters', () => {
    for (const text of [
      '*a*',
      '_b_',
      '~~c~~',
      '# d',
      '- e',
      '> f',
      '1. g',
      '`h`',
      '[i](https://j)',
      '```',
      '\\*',
      '&amp;',
      '<b>',
      '+ k',
      '![l](m)',
    ]) {
      const doc = schema.nodes.doc.create(null, [schema.nodes.paragraph.create(null, [schema.text(text)])]);
      const again = docOf(bodyOf(doc));
      expect(again.toJSON(), text).toEqual(doc.toJSON());
    }
  });

  test('every letter that was typed is read again, whatever its style', () => {
    const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
    process.stdout.write(`SEED=${seed}\n`);
    const random = numbers(seed);
    for (let round = 0; round < 400; round += 1) {
      const doc = aDoc(random);
      const body = bodyOf(doc);
      expect(lettersOf(docOf(body)), `round ${round}: ${JSON.stringify(body)}`).toBe(lettersOf(doc));
    }
  });
});

const lettersOf = (doc: Node) => doc.textBetween(0, doc.content.size, '\n').replaceAll(/\s/g, '');

function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

const pieces = [
  'mot',
  ' ',
  'a_b',
  '*',
  '_',
  '`',
  '[x]',
  '(y)',
  '~~',
  '#',
  'é',
  'نص',
  '1. ',
  '- ',
  '\\',
  '&lt;',
  '@here',
  'https://x.fr/_a_',
  '!',
];

function aDoc(random: () => number): Node {
  const pick = <T>(from: readonly T[]) => from[Math.floor(random() * from.length)] as T;
  const { nodes, marks } = schema;
  const line = () =>
    nodes.paragraph.create(
      null,
      Array.from({ length: 1 + Math.floor(random() * 4) }, () =>
        schema.text(
          pick(pieces) + pick(pieces),
          random() < 0.3 ? [pick([marks.strong, marks.em, marks.strike, marks.code]).create()] : [],
        ),
      ),
    );
  const block = (): Node => {
    const roll = random();
    if (roll < 0.6) return line();
    if (roll < 0.7) return nodes.blockquote.create(null, [line()]);
    if (roll < 0.8)
      return nodes.code_block.create({ language: '' }, schema.text(pick(pieces) + pick(pieces)));
    const items = [nodes.list_item.create(null, [line()]), nodes.list_item.create(null, [line()])];
    return roll < 0.9
      ? nodes.bullet_list.create(null, items)
      : nodes.ordered_list.create({ order: 1 }, items);
  };
  return nodes.doc.create(null, Array.from({ length: 1 + Math.floor(random() * 4) }, block));
}
