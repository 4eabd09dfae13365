import { decodeEntry } from '../log/entry.ts';
import { readUpdateHeader } from '../log/update-header.ts';
import type { BlockOrigins, Origin } from './origins.ts';

/** Clocks of a client, from the first up to before the last, and the uid of who wrote them. */
export interface Written {
  readonly client: number;
  readonly from: number;
  readonly to: number;
  readonly by: string;
}

/** A person's uid by clock of a client. */
export type WhoOf = (client: number, clock: number) => string | null;

/** Who wrote each clock. */
export function writersBy(written: readonly Written[]): WhoOf {
  const byClient = new Map<number, Written[]>();
  for (const one of written) {
    const ranges = byClient.get(one.client);
    if (ranges) ranges.push(one);
    else byClient.set(one.client, [one]);
  }
  return (client, clock) =>
    byClient.get(client)?.find(({ from, to }) => from <= clock && clock < to)?.by ?? null;
}

/**
 * Who removed each clock of a text that is no longer there: the first who said so in the rows after it.
 * @param rows payloads of the log, in order
 * @param uids persons by subject id
 */
export function removersBy(
  origins: ReadonlyMap<string, BlockOrigins>,
  rows: readonly Uint8Array[],
  uids: ReadonlyMap<number, string>,
): WhoOf {
  const asked = new Map<number, Origin[]>();
  for (const { self, text } of origins.values())
    for (const one of self ? [self, ...text] : text) {
      const runs = asked.get(one.client);
      if (runs) runs.push(one);
      else asked.set(one.client, [one]);
    }
  for (const runs of asked.values()) runs.sort((a, b) => a.clock - b.clock);
  const removed = new Map<string, string>();
  for (const payload of rows)
    for (const { person, update } of decodeEntry(payload)) {
      const by = uids.get(person);
      if (by === undefined) continue;
      for (const { client, clock, length } of readUpdateHeader(update).deleted)
        for (const run of overlapping(asked.get(client) ?? [], clock, clock + length)) {
          const end = Math.min(clock + length, run.clock + run.length);
          for (let at = Math.max(clock, run.clock); at < end; at++)
            if (!removed.has(`${client}/${at}`)) removed.set(`${client}/${at}`, by);
        }
    }
  return (client, clock) => removed.get(`${client}/${clock}`) ?? null;
}

/** Those of the runs, which are in order, that share clocks with a range. */
function overlapping(runs: readonly Origin[], from: number, to: number): Origin[] {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const run = runs[middle] as Origin;
    if (run.clock + run.length <= from) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < runs.length && (runs[end] as Origin).clock < to) end++;
  return runs.slice(low, end);
}

/** The person of each unit of a block's text. */
export function peopleOf(text: readonly Origin[], whoOf: WhoOf): (string | null)[] {
  return text.flatMap(({ client, clock, length }) =>
    Array.from({ length }, (_, at) => whoOf(client, clock + at)),
  );
}
