import { type Block, type Inline, plainText } from '@parvis/document/block';
import { describe, expect, test } from 'vitest';
import { type Difference, differenceOf } from './difference.ts';

const text = (words: string, marks: string[] = []): Inline => ({
  type: 'text',
  text: words,
  marks: marks.map((name) => ({ name, attributes: {} })),
});
const block = (id: string, content: string | Inline[], more: Partial<Block> = {}): Block => ({
  id,
  type: 'paragraph',
  props: {},
  content: typeof content === 'string' ? [text(content)] : content,
  children: [],
  ...more,
});
const side = (blocks: Block[], by: string | null = null) => ({
  blocks,
  names: (id: string) => {
    const length =
      blocks
        .find((one) => one.id === id)
        ?.content.reduce((sum, one) => sum + (one.type === 'text' ? one.text.length : 1), 0) ?? 0;
    return { text: Array.from({ length }, () => by), self: by };
  },
});
const between = (before: Block[], after: Block[]) => differenceOf(side(before, 'ben'), side(after, 'ada'));
const marksOf = (content: readonly Inline[]) =>
  content.map((one) => [
    one.type === 'text' ? one.text : one.name,
    one.type === 'text'
      ? one.marks.map(({ name, attributes }) => `${name}:${String(attributes.by ?? '')}`).join()
      : '',
  ]);
/** The text of one side, taken back out of the difference. */
const taken = (found: readonly Difference[], without: 'added' | 'removed') =>
  found
    .filter(({ change }) => change !== without)
    .map(({ block: { content } }) =>
      plainText(
        content.filter((one) => one.type !== 'text' || !one.marks.some(({ name }) => name === without)),
      ),
    );

describe('a difference', () => {
  test('of a line is told by words, with who wrote and who removed them', () => {
    const [one] = between([block('a', 'Le budget est voté.')], [block('a', 'Le budget 2027 est adopté.')]);
    expect(one).toMatchObject({ change: 'changed', moved: false, recast: false });
    expect(marksOf(one?.block.content ?? [])).toEqual([
      ['Le budget ', ''],
      ['2027 ', 'added:ada'],
      ['est ', ''],
      ['voté', 'removed:ben'],
      ['adopté', 'added:ada'],
      ['.', ''],
    ]);
  });

  test('of blocks says what came, went, moved and looks otherwise, each where it stands', () => {
    const found = between(
      [block('a', 'one'), block('b', 'two'), block('c', 'three'), block('d', 'four')],
      [block('c', 'three'), block('a', 'one'), block('e', 'new'), block('d', 'four', { type: 'heading' })],
    );
    expect(found.map(({ block: { id }, change, moved, recast }) => [id, change, moved, recast])).toEqual([
      ['c', 'changed', true, false],
      ['a', 'same', false, false],
      ['b', 'removed', false, false],
      ['e', 'added', false, false],
      ['d', 'changed', false, true],
    ]);
    expect(found.map(({ by }) => by)).toEqual([null, null, 'ben', 'ada', null]);
  });

  test('of the look of words alone is a change, and a comment on them is none', () => {
    const plain = [block('a', 'same words')];
    expect(between(plain, [block('a', [text('same '), text('words', ['bold'])])])[0]).toMatchObject({
      change: 'changed',
      recast: true,
    });
    expect(between(plain, [block('a', [text('same '), text('words', ['comment'])])])[0]?.change).toBe('same');
  });

  test('of a table is told cell by cell, and a row put in does not disturb those after it', () => {
    const row = (...cells: string[]) =>
      cells.map((words) => ({ header: false, colspan: 1, rowspan: 1, props: {}, content: [text(words)] }));
    const table = (...rows: ReturnType<typeof row>[]) => [
      block('t', '', { type: 'table', content: [], rows }),
    ];
    const [one] = between(
      table(row('a', 'b'), row('c', 'd'), row('e', 'f')),
      table(row('new', 'row'), row('a', 'b'), row('c', 'D'), row('e', 'f')),
    );
    const shown = one?.block.rows?.map((cells) =>
      cells.map(({ content }) =>
        marksOf(content)
          .map(([words, mark]) => `${words}${mark === '' ? '' : `[${mark?.split(':')[0]}]`}`)
          .join(''),
      ),
    );
    expect(shown?.at(-1)).toEqual(['e', 'f']);
    expect(JSON.stringify(shown)).toContain('D[added]');
  });

  test('of Arabic words and things among them', () => {
    const mention: Inline = { type: 'thing', name: 'mention', props: { ref: 'x', label: 'Ada' }, text: '' };
    const [one] = between(
      [block('a', 'اجتماع اللجنة')],
      [block('a', [text('اجتماع '), mention, text(' اللجنة')])],
    );
    expect(marksOf(one?.block.content ?? []).map(([words]) => words)).toEqual([
      'اجتماع ',
      'mention',
      ' ',
      'اللجنة',
    ]);
    expect(one?.block.content[1]).toMatchObject({ props: { added: 'ada' } });
  });

  test.each([1, 2, 3, 4, 5, 6])('gives both texts back (seed %i)', (seed) => {
    let state = seed * 7_919;
    const random = () => {
      state = (state * 48_271) % 2_147_483_647;
      return state / 2_147_483_647;
    };
    const words = () =>
      Array.from(
        { length: Math.floor(random() * 12) },
        () => ['mot', 'é', 'كلمة', ' ', '. '][Math.floor(random() * 5)],
      ).join('');
    const before = Array.from({ length: 20 }, (_, at) => block(`b${at}`, words()));
    const after = before
      .filter(() => random() > 0.2)
      .map((one) => (random() < 0.4 ? block(one.id, words()) : one));
    after.splice(3, 0, block('new', words()));
    after.sort(() => random() - 0.8);
    const found = between(before, after);
    expect(taken(found, 'removed')).toEqual(after.map(({ content }) => plainText(content)));
    expect(taken(found, 'added').toSorted()).toEqual(
      before.map(({ content }) => plainText(content)).toSorted(),
    );
  });
});
