/** A picture that is what it says, without anything that is not painted. */
export interface Picture {
  readonly type: 'image/png' | 'image/gif' | 'image/webp' | 'image/jpeg';
  readonly width: number;
  readonly height: number;
  readonly bytes: Buffer;
}

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** What a PNG needs to be painted, moving ones too; words, times and places of its making are left out. */
const pngPainted = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'acTL', 'fcTL', 'fdAT', 'sRGB', 'gAMA', 'IEND']);
const webpPainted = new Set(['VP8X', 'VP8 ', 'VP8L', 'ALPH', 'ANIM', 'ANMF']);

/** Chunks of a length, a name, the data and a sum, from the first to the end, and nothing after it. */
function readPng(bytes: Buffer): Picture | null {
  if (!bytes.subarray(0, 8).equals(pngSignature)) return null;
  const kept: Buffer[] = [pngSignature];
  const seen = new Set<string>();
  let at = 8;
  while (at + 12 <= bytes.length && !seen.has('IEND')) {
    const end = at + 12 + bytes.readUInt32BE(at);
    const name = bytes.toString('latin1', at + 4, at + 8);
    if (end > bytes.length || (seen.size === 0) !== (name === 'IHDR')) return null;
    seen.add(name);
    if (pngPainted.has(name)) kept.push(bytes.subarray(at, end));
    at = end;
  }
  if (at !== bytes.length || !seen.has('IEND') || !seen.has('IDAT') || bytes.readUInt32BE(8) !== 13)
    return null;
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  return { type: 'image/png', width, height, bytes: Buffer.concat(kept) };
}

/** Where the sub-blocks that begin at `at` end; null when they run out of the file. */
function afterBlocks(bytes: Buffer, at: number): number | null {
  for (let place = at; place < bytes.length; ) {
    const size = bytes[place] as number;
    if (size === 0) return place + 1;
    place += 1 + size;
  }
  return null;
}

const colours = (flags: number) => ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1));

/** Extensions and images, block by block, up to the trailer, which is the last byte. */
function readGif(bytes: Buffer): Picture | null {
  if (!/^GIF8[79]a$/.test(bytes.toString('latin1', 0, 6)) || bytes.length < 14) return null;
  const [width, height] = [bytes.readUInt16LE(6), bytes.readUInt16LE(8)];
  const kept = [bytes.subarray(0, 13 + colours(bytes[10] as number))];
  let images = 0;
  let at = kept[0]?.length ?? 0;
  while (at < bytes.length && bytes[at] !== 0x3b) {
    const isImage = bytes[at] === 0x2c && at + 10 < bytes.length;
    if (!isImage && bytes[at] !== 0x21) return null;
    const data = isImage ? at + 11 + colours(bytes[at + 9] as number) : at + 2;
    const end = afterBlocks(bytes, data);
    if (end === null) return null;
    // Of the extensions, comments (0xfe) and texts (0x01) are not painted.
    if (isImage || ![0xfe, 0x01].includes(bytes[at + 1] as number)) kept.push(bytes.subarray(at, end));
    images += isImage ? 1 : 0;
    at = end;
  }
  if (at !== bytes.length - 1 || images === 0) return null;
  return { type: 'image/gif', width, height, bytes: Buffer.concat([...kept, bytes.subarray(at)]) };
}

function webpSize(name: string, data: Buffer): [number, number] | null {
  if (name === 'VP8X' && data.length >= 10) return [data.readUIntLE(4, 3) + 1, data.readUIntLE(7, 3) + 1];
  if (name === 'VP8L' && data.length >= 5 && data[0] === 0x2f) {
    const bits = data.readUInt32LE(1);
    return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
  }
  if (name === 'VP8 ' && data.length >= 10 && data.readUIntBE(3, 3) === 0x9d012a)
    return [data.readUInt16LE(6) & 0x3fff, data.readUInt16LE(8) & 0x3fff];
  return null;
}

/** A RIFF of chunks, whose length is that of the file; what is not painted is left out. */
function readWebp(bytes: Buffer): Picture | null {
  const isWebp = bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP';
  if (!isWebp || bytes.readUInt32LE(4) + 8 !== bytes.length) return null;
  const kept: Buffer[] = [];
  let size: [number, number] | null = null;
  let at = 12;
  while (at + 8 <= bytes.length) {
    const name = bytes.toString('latin1', at, at + 4);
    const length = bytes.readUInt32LE(at + 4);
    const end = at + 8 + length + (length % 2);
    if (end > bytes.length) return null;
    const data = bytes.subarray(at + 8, at + 8 + length);
    size ??= webpSize(name, data);
    if (size === null) return null;
    if (webpPainted.has(name)) kept.push(bytes.subarray(at, end));
    at = end;
  }
  if (at !== bytes.length || size === null) return null;
  return { type: 'image/webp', width: size[0], height: size[1], bytes: riffOf(kept) };
}

function riffOf(chunks: Buffer[]): Buffer {
  const body = Buffer.concat(chunks);
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  head.writeUInt32LE(body.length + 4, 4);
  const whole = Buffer.concat([head, body]);
  // An extended file says which parts it has: places and notes were left out (bits 3 and 2).
  if (whole.toString('latin1', 12, 16) === 'VP8X') whole[20] = (whole[20] as number) & ~0x2c;
  return whole;
}

/** Segments that a JPEG needs to be painted: its first mark (JFIF), tables, frame, and Adobe's way of colours. */
const jpegPainted = new Set([0xe0, 0xee, 0xdb, 0xc4, 0xdd, 0xc0, 0xc1, 0xc2]);
const jpegFrames = new Set([0xc0, 0xc1, 0xc2]);

/** Where the picture's data that begin at `at` end: at the next mark that is no part of them. */
function afterScan(bytes: Buffer, at: number): number {
  for (let place = at; place + 1 < bytes.length; place += 1) {
    const next = bytes[place + 1] as number;
    // Stuffed zeros and restarts belong to the data.
    if (bytes[place] === 0xff && next !== 0 && (next < 0xd0 || next > 0xd7)) return place;
  }
  return bytes.length;
}

/** Segments from the first mark to the last; what a camera noted (where, when, with what) is left out. */
function readJpeg(bytes: Buffer): Picture | null {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return null;
  const kept: Buffer[] = [bytes.subarray(0, 2)];
  let size: [number, number] | null = null;
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== 0xd9) {
    const mark = bytes[at + 1] as number;
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    if (end > bytes.length || mark < 0xc0) return null;
    if (jpegFrames.has(mark) && at + 9 <= end)
      size = [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)];
    if (mark === 0xda) {
      const after = afterScan(bytes, end);
      kept.push(bytes.subarray(at, after));
      at = after;
      continue;
    }
    if (jpegPainted.has(mark)) kept.push(bytes.subarray(at, end));
    at = end;
  }
  const isEnded = at + 2 <= bytes.length && bytes.readUInt16BE(at) === 0xffd9;
  if (!isEnded || size === null) return null;
  // What stands after the last mark is no part of the picture.
  const whole = Buffer.concat([...kept, bytes.subarray(at, at + 2)]);
  return { type: 'image/jpeg', width: size[0], height: size[1], bytes: whole };
}

/**
 * The picture that these bytes are, whole and with sides of at most so many pixels, without the notes that cameras and
 * programs leave in pictures; null for anything else, whatever it is called.
 */
export function readPicture(bytes: Buffer, sideLengthMax: number): Picture | null {
  const found = readPng(bytes) ?? readGif(bytes) ?? readWebp(bytes) ?? readJpeg(bytes);
  if (found === null) return null;
  const { width, height } = found;
  const fits = width > 0 && height > 0 && width <= sideLengthMax && height <= sideLengthMax;
  return fits ? found : null;
}
