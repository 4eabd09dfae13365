import { isUtf8 } from 'node:buffer';
import type { Clocks } from './clocks.ts';
import { UpdateError, UpdateReader } from './update-reader.ts';

/** What a Yjs update (v1) adds, read from its bytes without building a document. */
export interface UpdateHeader {
  /** Runs without holes: the client, its first clock and the one after the last. */
  readonly added: readonly { readonly client: number; readonly from: number; readonly to: number }[];
  /** Ranges that it marks as deleted. */
  readonly deleted: readonly { readonly client: number; readonly clock: number; readonly length: number }[];
}

type Run = UpdateHeader['added'][number];

/** Clients and ranges in one update: far above what an honest one of the largest size has. */
const sectionsMax = 1_000_000;
/** Levels of arrays and objects inside one value; readers go down by recursion. */
const nestingMax = 64;

/** Content kinds of an item (the low five bits of its info byte), as Yjs numbers them. */
const kind = {
  gc: 0,
  deleted: 1,
  json: 2,
  binary: 3,
  string: 4,
  embed: 5,
  format: 6,
  type: 7,
  any: 8,
  doc: 9,
  skip: 10,
};

function parseJson(text: string, undefinedAllowed = false): void {
  if (undefinedAllowed && text === 'undefined') return;
  JSON.parse(text);
}

function skipAny(reader: UpdateReader, depth = 0): void {
  if (depth > nestingMax) throw new UpdateError();
  const tag = reader.byte();
  switch (tag) {
    case 127: // undefined
    case 126: // null
    case 121: // false
    case 120: // true
      return;
    case 125:
      return reader.skipVarInt();
    case 124:
      return reader.skip(4);
    case 123:
    case 122:
      return reader.skip(8);
    case 119:
      reader.text();
      return;
    case 118: {
      const length = reader.varUint();
      for (let i = 0; i < length; i++) {
        reader.text();
        skipAny(reader, depth + 1);
      }
      return;
    }
    case 117: {
      const length = reader.varUint();
      for (let i = 0; i < length; i++) skipAny(reader, depth + 1);
      return;
    }
    case 116:
      reader.bytes();
      return;
    default:
      throw new UpdateError();
  }
}

/** UTF-16 units of a UTF-8 text, which is how Yjs counts the length of text. */
function unitsOf(bytes: Uint8Array): number {
  let units = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number;
    if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1;
  }
  return units;
}

function skipType(reader: UpdateReader): void {
  const type = reader.varUint();
  // 0 array, 1 map, 2 text, 3 element, 4 fragment, 5 hook, 6 xml text; elements and hooks have a name.
  if (type > 6) throw new UpdateError();
  if (type === 3 || type === 5) reader.text();
}

/** Passes over the content of an item; gives the clocks that it takes. */
function contentLength(reader: UpdateReader, ref: number): number {
  switch (ref) {
    case kind.deleted:
      return reader.varUint();
    case kind.json: {
      const length = reader.varUint();
      for (let i = 0; i < length; i++) parseJson(reader.text(), true);
      return length;
    }
    case kind.binary:
      reader.bytes();
      return 1;
    case kind.string: {
      const bytes = reader.bytes();
      if (!isUtf8(bytes)) throw new UpdateError();
      return unitsOf(bytes);
    }
    case kind.embed:
      parseJson(reader.text());
      return 1;
    case kind.format:
      reader.text();
      parseJson(reader.text());
      return 1;
    case kind.type:
      skipType(reader);
      return 1;
    case kind.any: {
      const length = reader.varUint();
      for (let i = 0; i < length; i++) skipAny(reader);
      return length;
    }
    case kind.doc:
      reader.text();
      skipAny(reader);
      return 1;
    default:
      throw new UpdateError();
  }
}

function skipId(reader: UpdateReader): void {
  reader.varUint();
  reader.varUint();
}

/** Passes over one struct that is not a hole; gives the clocks that it takes. */
function structLength(reader: UpdateReader, info: number): number {
  const ref = info & 0x1f;
  if (ref === kind.gc) return reader.varUint();
  const hasOrigin = (info & 0x80) !== 0;
  const hasRightOrigin = (info & 0x40) !== 0;
  if (hasOrigin) skipId(reader);
  if (hasRightOrigin) skipId(reader);
  if (!hasOrigin && !hasRightOrigin) {
    const named = reader.varUint();
    if (named === 1) reader.text();
    else if (named === 0) skipId(reader);
    else throw new UpdateError();
    if ((info & 0x20) !== 0) reader.text();
  }
  return contentLength(reader, ref);
}

/** A client that itself waits for something sends what it has with holes (skips) in it. */
function readRuns(reader: UpdateReader, structs: number, client: number, added: Run[]): void {
  let from = reader.varUint();
  let to = from;
  for (let i = 0; i < structs; i++) {
    const info = reader.byte();
    const hole = info === kind.skip;
    const length = hole ? reader.varUint() : structLength(reader, info);
    if (length === 0) throw new UpdateError();
    if (hole) {
      if (to > from) added.push({ client, from, to });
      from = to + length;
      to = from;
    } else to += length;
  }
  if (structs === 0 || !Number.isSafeInteger(to)) throw new UpdateError();
  if (to > from) added.push({ client, from, to });
}

function readAdded(reader: UpdateReader): UpdateHeader['added'] {
  const added: Run[] = [];
  const clients = reader.varUint();
  if (clients > sectionsMax) throw new UpdateError();
  for (let i = 0; i < clients; i++) {
    const structs = reader.varUint();
    const client = reader.varUint();
    readRuns(reader, structs, client, added);
  }
  return added;
}

function readDeleted(reader: UpdateReader): UpdateHeader['deleted'] {
  const deleted: { client: number; clock: number; length: number }[] = [];
  const clients = reader.varUint();
  for (let i = 0; i < clients; i++) {
    const client = reader.varUint();
    const ranges = reader.varUint();
    for (let j = 0; j < ranges; j++) {
      const clock = reader.varUint();
      const length = reader.varUint();
      if (length === 0 || deleted.length >= sectionsMax) throw new UpdateError();
      deleted.push({ client, clock, length });
    }
  }
  return deleted;
}

/**
 * Reads every byte of an update, so that whatever passes can be read by Yjs everywhere.
 * @throws UpdateError when it is truncated, has bytes left over, or anything in it that Yjs does not write.
 */
export function readUpdateHeader(update: Uint8Array): UpdateHeader {
  const reader = new UpdateReader(update);
  try {
    const added = readAdded(reader);
    const deleted = readDeleted(reader);
    if (!reader.done) throw new UpdateError();
    return { added, deleted };
  } catch (error) {
    throw error instanceof SyntaxError ? new UpdateError() : error;
  }
}

/** How an update stands to what is known already. */
export type Standing = 'new' | 'known' | 'gap';

/**
 * `gap` when structs before it are missing; `known` when it adds no struct (its deletions may still be new).
 */
export function standingOf(header: UpdateHeader, clocks: Clocks): Standing {
  let standing: Standing = 'known';
  for (const { client, from, to } of header.added) {
    const known = clocks.get(client) ?? 0;
    if (from > known) return 'gap';
    if (to > known) standing = 'new';
  }
  return standing;
}
