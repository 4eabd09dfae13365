import { docsMessage } from '@parvis/contract/docs';
import * as encoding from 'lib0/encoding';

/** Kinds of a sync message in y-protocols. */
export const syncKind = { step1: 0, step2: 1, update: 2 } as const;

/**
 * A whole binary WebSocket frame (RFC 6455 §5.2, unmasked as a server sends it) made of a few parts. Frames are made
 * once, whoever receives them, and those of one commit are joined and written at once.
 */
export function frame(...parts: readonly Uint8Array[]): Buffer {
  let length = 0;
  for (const part of parts) length += part.length;
  const headerBytes = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const made = Buffer.allocUnsafe(headerBytes + length);
  made[0] = 0x82;
  if (headerBytes === 2) made[1] = length;
  else if (headerBytes === 4) {
    made[1] = 126;
    made.writeUInt16BE(length, 2);
  } else {
    made[1] = 127;
    made.writeBigUInt64BE(BigInt(length), 2);
  }
  let at = headerBytes;
  for (const part of parts) {
    made.set(part, at);
    at += part.length;
  }
  return made;
}

function varUint(value: number): Uint8Array {
  if (value < 128) return Uint8Array.of(value);
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, value);
  return encoding.toUint8Array(encoder);
}

/** Bytes of an update up to which {@link writeSmallUpdate} writes it: each length in the frame is one byte then. */
export const smallUpdateBytesMax = 122;

/** The same bytes as {@link updateFrame}, written in their place among others. @returns where the next begins */
export function writeSmallUpdate(target: Buffer, at: number, update: Uint8Array): number {
  target[at] = 0x82;
  target[at + 1] = update.length + 3;
  target[at + 2] = docsMessage.sync;
  target[at + 3] = syncKind.update;
  target[at + 4] = update.length;
  target.set(update, at + 5);
  return at + 5 + update.length;
}

function syncFrame(kind: number, bytes: Uint8Array): Buffer {
  return frame(Uint8Array.of(docsMessage.sync, kind), varUint(bytes.length), bytes);
}

export const step1Frame = (clocks: Uint8Array): Buffer => syncFrame(syncKind.step1, clocks);
export const step2Frame = (update: Uint8Array): Buffer => syncFrame(syncKind.step2, update);
export const updateFrame = (update: Uint8Array): Buffer => syncFrame(syncKind.update, update);

export function presenceFrame(states: Uint8Array): Buffer {
  return frame(Uint8Array.of(docsMessage.awareness), varUint(states.length), states);
}

function madeAck(count: number): Buffer {
  return frame(Uint8Array.of(docsMessage.ack), varUint(count));
}
const smallAcks = Array.from({ length: 64 }, (_, count) => madeAck(count));

export const ackFrame = (count: number): Buffer => smallAcks[count] ?? madeAck(count);

function textsFrame(type: number, texts: readonly string[], last?: number): Buffer {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, type);
  for (const text of texts) encoding.writeVarString(encoder, text);
  if (last !== undefined) encoding.writeVarUint(encoder, last);
  return frame(encoding.toUint8Array(encoder));
}

export type Right = 'write' | 'read';

export const stateFrame = (epoch: string, right: Right): Buffer =>
  textsFrame(docsMessage.state, [epoch, right]);

/** `updates` is 1 when the refusal stands for an update that the client sent, otherwise 0. */
export function refusedFrame(code: string, updates: 0 | 1): Buffer {
  return textsFrame(docsMessage.refused, [code], updates);
}

export const commentsFrame = (rev: number): Buffer => textsFrame(docsMessage.comments, [], rev);

/** The words of y-protocols for what a client may not do. */
export const deniedFrame = (reason: string): Buffer => {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, docsMessage.auth);
  encoding.writeVarUint(encoder, 0);
  encoding.writeVarString(encoder, reason);
  return frame(encoding.toUint8Array(encoder));
};

/** A Yjs update (v1) that says nothing. */
export const emptyUpdate = Uint8Array.of(0, 0);
