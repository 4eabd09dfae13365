/** What the bytes are, whatever they are called; null for what is no picture that browsers show. */
export function pictureType(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 16));
  if (head.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])))
    return 'image/png';
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return 'image/jpeg';
  const start = head.toString('latin1');
  if (start.startsWith('GIF87a') || start.startsWith('GIF89a')) return 'image/gif';
  if (start.startsWith('RIFF') && start.slice(8, 12) === 'WEBP') return 'image/webp';
  return null;
}

export const extensionOf: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
};

/** Width and height in pixels, as the head of the file says; null when it does not. */
export function pictureSize(bytes: Uint8Array): { width: number; height: number } | null {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const type = pictureType(bytes);
  if (type === 'image/png' && view.length >= 24)
    return { width: view.readUInt32BE(16), height: view.readUInt32BE(20) };
  if (type === 'image/gif' && view.length >= 10)
    return { width: view.readUInt16LE(6), height: view.readUInt16LE(8) };
  if (type === 'image/jpeg') return jpegSize(view);
  return null;
}

function jpegSize(view: Buffer): { width: number; height: number } | null {
  for (let at = 2; at + 9 < view.length && view[at] === 0xff; ) {
    const kind = view[at + 1] ?? 0;
    const isFrame = kind >= 0xc0 && kind <= 0xcf && kind !== 0xc4 && kind !== 0xc8 && kind !== 0xcc;
    if (isFrame) return { height: view.readUInt16BE(at + 5), width: view.readUInt16BE(at + 7) };
    at += 2 + view.readUInt16BE(at + 2);
  }
  return null;
}
