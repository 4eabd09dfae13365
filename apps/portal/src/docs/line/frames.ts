/** Messages as unmasked WebSocket frames (RFC 6455 §5.2), one after the other in one body. */
export function framed(messages: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const parts = messages.flatMap((message) => [headerOf(message.length), message]);
  const body = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    body.set(part, at);
    at += part.length;
  }
  return body;
}

function headerOf(length: number): Uint8Array {
  if (length < 126) return Uint8Array.of(0x82, length);
  const header = new DataView(new ArrayBuffer(length < 65_536 ? 4 : 10));
  header.setUint8(0, 0x82);
  header.setUint8(1, length < 65_536 ? 126 : 127);
  if (length < 65_536) header.setUint16(2, length);
  else header.setBigUint64(2, BigInt(length));
  return new Uint8Array(header.buffer);
}

/** The messages of a body. @throws RangeError when it is cut off */
export function messagesOf(body: Uint8Array): Uint8Array[] {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const messages: Uint8Array[] = [];
  for (let at = 0; at < body.length; ) {
    let length = view.getUint8(at + 1);
    at += 2;
    if (length === 126) {
      length = view.getUint16(at);
      at += 2;
    } else if (length === 127) {
      length = Number(view.getBigUint64(at));
      at += 8;
    }
    if (at + length > body.length) throw new RangeError('the body is cut off');
    messages.push(body.subarray(at, at + length));
    at += length;
  }
  return messages;
}
