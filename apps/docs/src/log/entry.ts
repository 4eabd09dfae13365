import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

/** One update of one author, as it came from their client. */
export interface Authored {
  /** The author's subject id. */
  readonly person: number;
  readonly update: Uint8Array;
}

/** First byte of a payload, for readers of a later release. */
const entryVersion = 1;

/** The payload of a log row: a version, a count, then author and length-prefixed bytes of each update, in order. */
export function encodeEntry(updates: readonly Authored[]): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeUint8(encoder, entryVersion);
  encoding.writeVarUint(encoder, updates.length);
  for (const { person, update } of updates) {
    encoding.writeVarUint(encoder, person);
    encoding.writeVarUint8Array(encoder, update);
  }
  return encoding.toUint8Array(encoder);
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
  return updates;
}
