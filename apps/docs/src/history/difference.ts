import type { Block, Cell, Inline, Mark } from '@parvis/document/block';
import { lineOf, type Step, stepsBetween, tokensOf } from './words.ts';

/** What became of a block; as `BlockDifference` of the contract. */
export interface Difference {
  readonly change: 'same' | 'added' | 'removed' | 'changed';
  readonly moved: boolean;
  readonly recast: boolean;
  readonly depth: number;
  readonly by: string | null;
  readonly block: Flat;
}

/** Who wrote, or removed, each unit of a block's text; see `BlockOrigins`. */
export interface Names {
  readonly text: readonly (string | null)[];
  readonly self: string | null;
}
export interface Side {
  readonly blocks: readonly Block[];
  readonly names: (blockId: string) => Names;
}

/** A block without its children. */
export type Flat = Omit<Block, 'children'>;
interface Keyed {
  readonly key: string;
  readonly depth: number;
  readonly block: Flat;
}

/** The difference of two texts, block by block, in the order of the later one; what was removed stands where it was. */
export function differenceOf(before: Side, after: Side): Difference[] {
  const old = keyed(before.blocks);
  const fresh = keyed(after.blocks);
  const was = new Map(old.map((one, at) => [one.key, { ...one, at }]));
  const is = new Set(fresh.map(({ key }) => key));
  const stayed = rising(fresh.map(({ key }) => was.get(key)?.at));
  const gone = removedAfter(old, is);
  const removed = (key: string | null) =>
    (gone.get(key) ?? []).map((one) => whole(one, 'removed', before.names(one.block.id)));
  return [
    ...removed(null),
    ...fresh.flatMap((one, at) => {
      const earlier = was.get(one.key);
      const mine =
        earlier === undefined
          ? whole(one, 'added', after.names(one.block.id))
          : changed(earlier, one, !stayed.has(at), before.names(one.block.id), after.names(one.block.id));
      return [mine, ...removed(one.key)];
    }),
  ];
}

/** All blocks in their order, those below one after it. */
function keyed(blocks: readonly Block[], depth = 0, seen = new Map<string, number>()): Keyed[] {
  return blocks.flatMap(({ children, ...block }) => {
    const name = block.id === '' ? `\u0000${block.type}` : block.id;
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    const key = count === 0 ? name : `${name}\u0000${count}`;
    return [{ key, depth, block }, ...keyed(children, depth + 1, seen)];
  });
}

/** Blocks that are gone, by the key of the nearest block before them that is still there. */
function removedAfter(old: readonly Keyed[], is: ReadonlySet<string>): Map<string | null, Keyed[]> {
  const gone = new Map<string | null, Keyed[]>();
  let anchor: string | null = null;
  for (const one of old) {
    if (is.has(one.key)) anchor = one.key;
    else gone.set(anchor, [...(gone.get(anchor) ?? []), one]);
  }
  return gone;
}

/** Places of a longest rising row among these positions: the blocks that kept their order, the others moved. */
function rising(positions: readonly (number | undefined)[]): Set<number> {
  const tails: number[] = [];
  const before = new Map<number, number | undefined>();
  for (const [at, position] of positions.entries()) {
    if (position === undefined) continue;
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((positions[tails[middle] as number] as number) < position) low = middle + 1;
      else high = middle;
    }
    before.set(at, tails[low - 1]);
    tails[low] = at;
  }
  const found = new Set<number>();
  for (let at = tails.at(-1); at !== undefined; at = before.get(at)) found.add(at);
  return found;
}

const marked = (name: string, by: string | null): Mark => ({ name, attributes: by === null ? {} : { by } });

/** A line whose steps are all of one kind. */
function stepsOf(content: readonly Inline[], change: 'added' | 'removed'): Step[] {
  let at = 0;
  return tokensOf(content).map((token) => {
    const step = { change, token, at };
    at += token.units;
    return step;
  });
}

function whole({ block, depth }: Keyed, change: 'added' | 'removed', names: Names): Difference {
  const line = liner(change === 'removed' ? names : null, change === 'added' ? names : null);
  const content = line(stepsOf(block.content, change));
  const rows = block.rows?.map((row) =>
    row.map((cell) => ({ ...cell, content: line(stepsOf(cell.content, change)) })),
  );
  const made = { ...block, content, ...(rows ? { rows } : {}) };
  return { change, moved: false, recast: false, depth, by: names.self, block: made };
}

/** Writes one line after the other with its marks; `before` and `after` name the people of all lines of a block. */
function liner(before: Names | null, after: Names | null): (steps: readonly Step[]) => Inline[] {
  const done = { before: 0, after: 0 };
  return (steps) => {
    const made = lineOf(
      steps.map(({ change, token, at }) => {
        const names = change === 'removed' ? before : after;
        const offset = change === 'removed' ? done.before : done.after;
        const mark = change === 'same' ? null : marked(change, names?.text[offset + at] ?? null);
        return { inline: token.inline, mark };
      }),
    );
    for (const { change, token } of steps) {
      if (change !== 'added') done.before += token.units;
      if (change !== 'removed') done.after += token.units;
    }
    return made;
  };
}

function changed(earlier: Keyed, later: Keyed, elsewhere: boolean, before: Names, after: Names): Difference {
  const line = liner(before, after);
  const between = (a: readonly Inline[], b: readonly Inline[]) =>
    line(stepsBetween(tokensOf(a), tokensOf(b)));
  const content = between(earlier.block.content, later.block.content);
  const rows =
    earlier.block.rows || later.block.rows
      ? rowsBetween(earlier.block.rows ?? [], later.block.rows ?? [], line, between)
      : undefined;
  const recast =
    earlier.block.type !== later.block.type ||
    !sameValues(earlier.block.props, later.block.props) ||
    !sameLook(earlier.block, later.block);
  const moved = elsewhere || earlier.depth !== later.depth;
  const block = { ...later.block, content, ...(rows ? { rows } : {}) };
  const rewritten = JSON.stringify(words(earlier.block)) !== JSON.stringify(words(later.block));
  const change = rewritten || recast || moved ? 'changed' : 'same';
  return { change, moved, recast, depth: later.depth, by: null, block };
}

/**
 * Rows in their order: those that begin and end the table the same stay, those between are compared one by one. A row
 * that has other columns now is shown as taken out and put in.
 */
function rowsBetween(
  before: readonly (readonly Cell[])[],
  after: readonly (readonly Cell[])[],
  line: (steps: readonly Step[]) => Inline[],
  between: (a: readonly Inline[], b: readonly Inline[]) => Inline[],
): Cell[][] {
  const all = (row: readonly Cell[], change: 'added' | 'removed') =>
    row.map((cell) => ({ ...cell, content: line(stepsOf(cell.content, change)) }));
  const shapes = (rows: readonly (readonly Cell[])[]) =>
    rows.map((row) => JSON.stringify(row.map(({ content }) => keys(content))));
  const [old, fresh] = [shapes(before), shapes(after)];
  const most = Math.min(old.length, fresh.length);
  let tail = 0;
  while (tail < most && old[old.length - 1 - tail] === fresh[fresh.length - 1 - tail]) tail++;
  // What begins the same pairs up by itself; what ends the same is pushed past the longer middle.
  const middle = Math.max(old.length, fresh.length) - tail;
  const made: Cell[][] = [];
  for (let at = 0; at < middle + tail; at++) {
    const was =
      at < middle ? before.slice(0, old.length - tail)[at] : before[old.length - tail + at - middle];
    const is =
      at < middle ? after.slice(0, fresh.length - tail)[at] : after[fresh.length - tail + at - middle];
    if (was && is && was.length === is.length)
      made.push(
        is.map((cell, column) => ({
          ...cell,
          content: between((was[column] as Cell).content, cell.content),
        })),
      );
    else made.push(...(was ? [all(was, 'removed')] : []), ...(is ? [all(is, 'added')] : []));
  }
  return made;
}

const words = (block: Flat) =>
  [block.content, ...(block.rows ?? []).flat().map(({ content }) => content)].map(keys);
const keys = (content: readonly Inline[]) => tokensOf(content).map(({ key }) => key);

function sameValues(a: object, b: object): boolean {
  const sorted = (values: object) =>
    JSON.stringify(Object.entries(values).sort(([x], [y]) => (x < y ? -1 : 1)));
  return sorted(a) === sorted(b);
}

/** Whether the same words look the same: bold here and not there is a change, who comments on them is not. */
function sameLook(a: Flat, b: Flat): boolean {
  const look = ({ content, rows }: Flat) =>
    [content, ...(rows ?? []).flat().map((cell) => cell.content)].map((line) =>
      tokensOf(line).map(({ inline }) =>
        inline.type === 'text' ? inline.marks.filter(({ name }) => name !== 'comment') : [],
      ),
    );
  return (
    JSON.stringify(words(a)) !== JSON.stringify(words(b)) ||
    JSON.stringify(look(a)) === JSON.stringify(look(b))
  );
}
