import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { UpdateHeader } from './update-header.ts';

/** Yjs state vector: per client, the next clock that is expected. */
export type Clocks = Map<number, number>;

export function encodeClocks(clocks: Clocks): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, clocks.size);
  for (const [client, clock] of clocks) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
  }
  return encoding.toUint8Array(encoder);
}

/** @throws Error when the bytes are not a state vector */
export function decodeClocks(bytes: Uint8Array): Clocks {
  const decoder = decoding.createDecoder(bytes);
  const clocks: Clocks = new Map();
  const count = decoding.readVarUint(decoder);
  for (let i = 0; i < count; i++) {
    const client = decoding.readVarUint(decoder);
    clocks.set(client, decoding.readVarUint(decoder));
  }
  if (decoding.hasContent(decoder)) throw new Error('bytes after a state vector');
  return clocks;
}

export function advance(clocks: Clocks, header: UpdateHeader): void {
  for (const { client, from, to } of header.added) {
    const known = clocks.get(client) ?? 0;
    if (from <= known && to > known) clocks.set(client, to);
  }
}

/** Deleted ranges per client, to tell a repetition of what is known from news. */
export class DeletedRanges {
  readonly #ranges = new Map<number, { clock: number; end: number }[]>();
  #sorted = true;

  add(deleted: UpdateHeader['deleted']): void {
    for (const { client, clock, length } of deleted) {
      const ranges = this.#ranges.get(client);
      if (ranges) ranges.push({ clock, end: clock + length });
      else this.#ranges.set(client, [{ clock, end: clock + length }]);
    }
    this.#sorted = false;
  }

  #merge(): void {
    if (this.#sorted) return;
    for (const [client, ranges] of this.#ranges) {
      ranges.sort((a, b) => a.clock - b.clock);
      const merged: { clock: number; end: number }[] = [];
      for (const range of ranges) {
        const last = merged.at(-1);
        if (last && range.clock <= last.end) last.end = Math.max(last.end, range.end);
        else merged.push(range);
      }
      this.#ranges.set(client, merged);
    }
    this.#sorted = true;
  }

  /** Whether all of these are deleted already. */
  cover(deleted: UpdateHeader['deleted']): boolean {
    this.#merge();
    return deleted.every(({ client, clock, length }) => {
      const ranges = this.#ranges.get(client) ?? [];
      let low = 0;
      let high = ranges.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if ((ranges[middle] as { end: number }).end < clock + length) low = middle + 1;
        else high = middle;
      }
      const range = ranges[low];
      return range !== undefined && range.clock <= clock && range.end >= clock + length;
    });
  }
}
