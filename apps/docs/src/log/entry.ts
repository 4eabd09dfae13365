import * as decoding from 'lib0/decoding';

/** One update of one author, as it came from their client. */
export interface Authored {
  /** The author's subject id. */
  readonly person: number;
  readonly update: Uint8Array;
  /**
   * Whether the author typed it, so that the clients in it are theirs. An answer to the server's question brings what
   * others wrote as well. Absent where it is not known.
   */
  readonly typed?: boolean;
}

/** First byte of a payload, for readers of a later release. */
const entryVersion = 1;

/** Writes a non-negative integer as lib0 does, seven bits per byte, least first. @returns where the next one begins */
function writeUint(to: Uint8Array, at: number, value: number): number {
  for (; value > 127; value = Math.floor(value / 128)) to[at++] = (value & 127) | 128;
  to[at++] = value;
  return at;
}

/** Bytes that one of these integers takes at most. */
const uintBytesMax = 8;

/**
 * The payload of a log row: a version, a count, then author and length-prefixed bytes of each update, in order; after
 * them, where it is known, a byte for each: 1 where it was typed. Releases that do not know of the bytes read no further.
 */
export function encodeEntry(updates: readonly Authored[]): Uint8Array {
  let bytes = 1 + uintBytesMax + updates.length;
  for (const { update } of updates) bytes += update.length + 2 * uintBytesMax;
  const payload = Buffer.allocUnsafe(bytes);
  payload[0] = entryVersion;
  let at = writeUint(payload, 1, updates.length);
  for (const { person, update } of updates) {
    at = writeUint(payload, at, person);
    at = writeUint(payload, at, update.length);
    payload.set(update, at);
    at += update.length;
  }
  if (updates.every(({ typed }) => typed !== undefined))
    for (const { typed } of updates) payload[at++] = typed ? 1 : 0;
  return payload.subarray(0, at);
}

/** The updates of a payload, as views into it. @throws Error when it is of another version or damaged */
export function decodeEntry(payload: Uint8Array): Authored[] {
  const decoder = decoding.createDecoder(payload);
  if (decoding.readUint8(decoder) !== entryVersion) throw new Error('a log entry of an unknown version');
  const count = decoding.readVarUint(decoder);
  const updates: Authored[] = [];
  for (let i = 0; i < count; i++) {
    const person = decoding.readVarUint(decoder);
    updates.push({ person, update: decoding.readVarUint8Array(decoder) });
  }
  if (!decoding.hasContent(decoder)) return updates;
  return updates.map((one) => ({ ...one, typed: decoding.readUint8(decoder) === 1 }));
}
