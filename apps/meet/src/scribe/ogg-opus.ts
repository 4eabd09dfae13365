import { randomBytes } from 'node:crypto';
import OpusScript from 'opusscript';

/** Samples per second of what comes in, and per frame of 20 ms. */
export const sampleRate = 16_000;
export const frameSamples = 320;
export const frameMs = 20;
/** An Ogg position counts samples of 48 kHz, whatever was encoded. */
const positionsPerFrame = 960;
/** Samples of 48 kHz that a decoder drops at the beginning: the encoder's delay. */
const preSkip = 312;
const bitsPerSecond = 24_000;
/** Packets in one page: what a crash may cost is at most one page. */
const pagePacketsMax = 50;
/** A whole frame of silence, as Opus itself writes it for speech. */
export const silentPacket = Buffer.from([0x48, 0xff, 0xfe]);

const crcTable = Array.from({ length: 256 }, (_, index) => {
  let value = index << 24;
  for (let bit = 0; bit < 8; bit += 1) value = value & 0x80000000 ? (value << 1) ^ 0x04c11db7 : value << 1;
  return value >>> 0;
});

function crcOf(bytes: Buffer): number {
  let crc = 0;
  for (const byte of bytes) crc = ((crc << 8) ^ (crcTable[((crc >>> 24) ^ byte) & 0xff] as number)) >>> 0;
  return crc;
}

/** Speech as Ogg Opus (RFC 7845), page by page: a file that ends after any page is a whole one. */
export class OggOpus {
  readonly #encoder = new OpusScript(sampleRate, 1, OpusScript.Application.VOIP);
  readonly #serial = randomBytes(4).readUInt32LE();
  #page = 0;
  #position = 0;
  #packets: Buffer[] = [];

  constructor() {
    this.#encoder.setBitrate(bitsPerSecond);
  }

  /** The two pages with which a file begins. */
  head(): Buffer {
    const head = Buffer.alloc(19);
    head.write('OpusHead', 0, 'latin1');
    head.writeUInt8(1, 8);
    head.writeUInt8(1, 9);
    head.writeUInt16LE(preSkip, 10);
    head.writeUInt32LE(sampleRate, 12);
    const vendor = Buffer.from('Parvis');
    const tags = Buffer.alloc(8 + 4 + vendor.length + 4);
    tags.write('OpusTags', 0, 'latin1');
    tags.writeUInt32LE(vendor.length, 8);
    vendor.copy(tags, 12);
    return Buffer.concat([this.#pageOf([head], 2), this.#pageOf([tags], 0)]);
  }

  /** Milliseconds that were put in. */
  get durationMs(): number {
    return (this.#position / positionsPerFrame + this.#packets.length) * frameMs;
  }

  /** One frame of 20 ms, or null for silence. Resolves to a page when one is full, else null. */
  put(frame: Int16Array | null): Buffer | null {
    const packet =
      frame === null
        ? silentPacket
        : Buffer.from(
            this.#encoder.encode(Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength), frameSamples),
          );
    this.#packets.push(packet);
    return this.#packets.length >= pagePacketsMax ? this.flush() : null;
  }

  /** What waits for a full page, or null. */
  flush(): Buffer | null {
    if (this.#packets.length === 0) return null;
    this.#position += this.#packets.length * positionsPerFrame;
    const page = this.#pageOf(this.#packets, 0);
    this.#packets = [];
    return page;
  }

  close(): void {
    this.#encoder.delete();
  }

  #pageOf(packets: readonly Buffer[], flags: number): Buffer {
    const lacing = packets.flatMap(({ length }) => [
      ...Array.from({ length: Math.floor(length / 255) }, () => 255),
      length % 255,
    ]);
    const header = Buffer.alloc(27 + lacing.length);
    header.write('OggS', 0, 'latin1');
    header.writeUInt8(flags, 5);
    header.writeBigUInt64LE(BigInt(this.#position), 6);
    header.writeUInt32LE(this.#serial, 14);
    header.writeUInt32LE(this.#page, 18);
    header.writeUInt8(lacing.length, 26);
    Buffer.from(lacing).copy(header, 27);
    this.#page += 1;
    const page = Buffer.concat([header, ...packets]);
    page.writeUInt32LE(crcOf(page), 22);
    return page;
  }
}

/** What a decoder is given first, and the packets of 20 ms of an Ogg Opus file, up to its last whole page. */
export function packetsOf(bytes: Buffer): { head: Buffer; packets: Buffer[] } {
  const { wholeBytes } = durationOf(bytes);
  const packets: Buffer[] = [];
  for (let at = 0; at < wholeBytes; ) {
    const segments = bytes.readUInt8(at + 26);
    let body = at + 27 + segments;
    let size = 0;
    for (let index = 0; index < segments; index += 1) {
      const lace = bytes.readUInt8(at + 27 + index);
      size += lace;
      if (lace === 255) continue;
      packets.push(bytes.subarray(body, body + size));
      body += size;
      size = 0;
    }
    at = body;
  }
  const [head = Buffer.alloc(0), , ...sound] = packets;
  return { head, packets: sound };
}

/** Milliseconds of an Ogg Opus file by its last whole page; 0 when there is none. A torn end does not count. */
export function durationOf(bytes: Buffer): { durationMs: number; wholeBytes: number } {
  let at = 0;
  let position = 0n;
  while (at + 27 <= bytes.length && bytes.toString('latin1', at, at + 4) === 'OggS') {
    const segments = bytes.readUInt8(at + 26);
    if (at + 27 + segments > bytes.length) break;
    let end = at + 27 + segments;
    for (let index = 0; index < segments; index += 1) end += bytes.readUInt8(at + 27 + index);
    if (end > bytes.length) break;
    position = bytes.readBigUInt64LE(at + 6);
    at = end;
  }
  return { durationMs: Number(position / 48n), wholeBytes: at };
}
