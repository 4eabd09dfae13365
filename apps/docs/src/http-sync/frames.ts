import { docsMessage } from '@parvis/contract/docs';
import * as decoding from 'lib0/decoding';
import { syncKind } from '../live/wire.ts';

/**
 * The messages of a body, each one whole unmasked WebSocket frame.
 * @throws Error when a frame is cut off, masked or of another kind than binary
 */
export function messagesOf(body: Buffer): Buffer[] {
  const messages: Buffer[] = [];
  for (let at = 0; at < body.length; ) {
    if (body[at] !== 0x82) throw new Error('not a whole binary frame');
    let length = body.readUInt8(at + 1);
    at += 2;
    if (length === 126) {
      length = body.readUInt16BE(at);
      at += 2;
    } else if (length === 127) {
      length = Number(body.readBigUInt64BE(at));
      at += 8;
    }
    if (length > body.length - at) throw new Error('the frame is masked or cut off');
    messages.push(body.subarray(at, at + length));
    at += length;
  }
  return messages;
}

/** Whether the server answers a client's message once: a question, an update or an answer. */
export function wantsAnswer(message: Buffer): boolean {
  return message[0] === docsMessage.sync;
}

/** How many of a client's messages one of the server's answers. */
export function answersOf(message: Buffer): number {
  if (message[0] === docsMessage.sync) return message[1] === syncKind.step2 ? 1 : 0;
  if (message[0] !== docsMessage.ack && message[0] !== docsMessage.refused) return 0;
  const decoder = decoding.createDecoder(message.subarray(1));
  if (message[0] === docsMessage.ack) return decoding.readVarUint(decoder);
  const code = decoding.readVarString(decoder);
  return code === 'frame-malformed' ? 1 : decoding.readVarUint(decoder);
}
