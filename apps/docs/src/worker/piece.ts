import { decodeEntry } from '../log/entry.ts';
import type { Stored } from '../log/log.ts';

/** All of a document's text, as a worker thread reads it. */
export interface Piece {
  readonly snapshot: Uint8Array | null;
  /** Rows of the log after it, in order. */
  readonly payloads: readonly Uint8Array[];
}

/**
 * The text in memory of its own, which can be handed to a worker: a view of what the database sent would take along all
 * that it is a view of.
 */
export function pieceOf({ snapshot, tail }: Stored): { piece: Piece; memory: ArrayBuffer } {
  const bytes = tail.reduce((sum, { payload }) => sum + payload.length, snapshot?.bytes.length ?? 0);
  const memory = new ArrayBuffer(bytes);
  let at = 0;
  const moved = (from: Uint8Array): Uint8Array => {
    const to = new Uint8Array(memory, at, from.length);
    to.set(from);
    at += from.length;
    return to;
  };
  return {
    piece: {
      snapshot: snapshot && moved(snapshot.bytes),
      payloads: tail.map(({ payload }) => moved(payload)),
    },
    memory,
  };
}

/** The updates that the text is made of, in order. */
export function updatesOf({ snapshot, payloads }: Piece): Uint8Array[] {
  const after = payloads.flatMap((payload) => decodeEntry(payload).map(({ update }) => update));
  return snapshot ? [snapshot, ...after] : after;
}
