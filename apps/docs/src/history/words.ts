import type { Block, Inline, Mark } from '@parvis/document/block';
import diff from 'fast-diff';

/** A word, a run of spaces or another single character of a line, with its marks; or a thing in it. */
export interface Token {
  readonly key: string;
  /** Units of text that it takes: one for a thing. */
  readonly units: number;
  readonly inline: Inline;
}
export interface Step {
  readonly change: 'same' | 'added' | 'removed';
  /** Of the line before for what was removed, of the line after for the rest. */
  readonly token: Token;
  /** Units before it in that line. */
  readonly at: number;
}

const wordShape = /[\p{L}\p{M}\p{N}_'’]+|\s+|[^]/gu;
/** Comparisons beyond which the middle of two lines counts as replaced: nobody reads such a mixture. */
const comparisonsMax = 16_000_000;
/** Distinct tokens of two lines: each is compared as one character, below those that stand in pairs. */
const distinctMax = 0xd7ff;

export function tokensOf(content: readonly Inline[]): Token[] {
  return content.flatMap((inline): Token[] => {
    if (inline.type === 'thing') {
      const key = `\u0000${inline.name}${JSON.stringify(inline.props)}${inline.text}`;
      return [{ key, units: 1, inline }];
    }
    return (inline.text.match(wordShape) ?? []).map((text) => ({
      key: text,
      units: text.length,
      inline: { ...inline, text },
    }));
  });
}

/** The steps from one line to another. */
export function stepsBetween(before: readonly Token[], after: readonly Token[]): Step[] {
  const [old, fresh] = encoded(before, after);
  const parts = before.length * after.length > comparisonsMax ? replaced(old, fresh) : diff(old, fresh);
  const steps: Step[] = [];
  const place = { before: 0, after: 0, beforeAt: 0, afterAt: 0 };
  for (const [kind, text] of parts)
    for (let i = 0; i < text.length; i++) {
      const was = kind === diff.INSERT ? undefined : before[place.before++];
      const is = kind === diff.DELETE ? undefined : after[place.after++];
      if (is) steps.push({ change: was ? 'same' : 'added', token: is, at: place.afterAt });
      else if (was) steps.push({ change: 'removed', token: was, at: place.beforeAt });
      place.beforeAt += was?.units ?? 0;
      place.afterAt += is?.units ?? 0;
    }
  return steps;
}

function encoded(before: readonly Token[], after: readonly Token[]): [string, string] {
  const codes = new Map<string, number>();
  const line = (tokens: readonly Token[]) =>
    tokens
      .map(({ key }) => {
        const code = codes.get(key) ?? Math.min(codes.size + 1, distinctMax);
        codes.set(key, code);
        return String.fromCharCode(code);
      })
      .join('');
  return [line(before), line(after)];
}

/** What begins and ends the same stays; all between was taken out and written anew. */
function replaced(old: string, fresh: string): [number, string][] {
  const most = Math.min(old.length, fresh.length);
  let head = 0;
  while (head < most && old[head] === fresh[head]) head++;
  let tail = 0;
  while (tail < most - head && old[old.length - 1 - tail] === fresh[fresh.length - 1 - tail]) tail++;
  return [
    [diff.EQUAL, old.slice(0, head)],
    [diff.DELETE, old.slice(head, old.length - tail)],
    [diff.INSERT, fresh.slice(head, fresh.length - tail)],
    [diff.EQUAL, tail === 0 ? '' : old.slice(-tail)],
  ];
}

/** A line with a mark on it, where there is one to set; neighbours that are marked the same are one. */
export function lineOf(pieces: readonly { inline: Inline; mark: Mark | null }[]): Inline[] {
  const made: Inline[] = [];
  let last = '';
  for (const { inline, mark } of pieces) {
    if (inline.type === 'thing') {
      // A thing has no marks of its own: its change is told by its props.
      made.push(
        mark ? { ...inline, props: { ...inline.props, [mark.name]: mark.attributes.by ?? null } } : inline,
      );
      last = '';
      continue;
    }
    const marks = mark ? [...inline.marks, mark] : inline.marks;
    const shape = JSON.stringify(marks);
    const before = made.at(-1);
    if (before?.type === 'text' && last === shape)
      made[made.length - 1] = { ...before, text: before.text + inline.text };
    else made.push({ ...inline, marks });
    last = shape;
  }
  return made;
}

/** A block of which each run says who wrote it; `names` by unit of its text, cells one after the other. */
export function withWriters(block: Block, names: readonly (string | null)[]): Block {
  let at = 0;
  const line = (content: readonly Inline[]) =>
    lineOf(
      content.flatMap((inline): { inline: Inline; mark: Mark | null }[] => {
        if (inline.type === 'thing') return [{ inline, mark: writtenBy(names[at++] ?? null) }];
        return [...inline.text].map((character) => {
          const mark = writtenBy(names[at] ?? null);
          at += character.length;
          return { inline: { ...inline, text: character }, mark };
        });
      }),
    );
  const content = line(block.content);
  const rows = block.rows?.map((row) => row.map((cell) => ({ ...cell, content: line(cell.content) })));
  return { ...block, content, ...(rows ? { rows } : {}) };
}

const writtenBy = (by: string | null): Mark | null =>
  by === null ? null : { name: 'written', attributes: { by } };
