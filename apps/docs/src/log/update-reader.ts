import { isUtf8 } from 'node:buffer';

/** The bytes are not an update that Yjs (v1) writes. */
export class UpdateError extends Error {
  constructor() {
    super('malformed update');
    this.name = 'UpdateError';
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Reads lib0's binary encoding without ever reading past the end. Every method throws {@link UpdateError} there. */
export class UpdateReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get done(): boolean {
    return this.#at === this.#bytes.length;
  }

  byte(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw new UpdateError();
    return byte;
  }

  /** A non-negative integer of up to 53 bits, seven bits per byte, least first. */
  varUint(): number {
    let value = 0;
    let factor = 1;
    for (;;) {
      const byte = this.byte();
      value += (byte & 0x7f) * factor;
      if (value > Number.MAX_SAFE_INTEGER) throw new UpdateError();
      if (byte < 0x80) return value;
      factor *= 128;
      if (factor > Number.MAX_SAFE_INTEGER) throw new UpdateError();
    }
  }

  /** A signed integer: its value does not matter here, only that it is one. */
  skipVarInt(): void {
    let byte = this.byte();
    for (let i = 0; byte >= 0x80; i++) {
      if (i > 7) throw new UpdateError();
      byte = this.byte();
    }
  }

  skip(count: number): void {
    if (this.#at + count > this.#bytes.length) throw new UpdateError();
    this.#at += count;
  }

  /** Length-prefixed bytes: a view, not a copy. */
  bytes(): Uint8Array {
    const length = this.varUint();
    const start = this.#at;
    this.skip(length);
    return this.#bytes.subarray(start, this.#at);
  }

  /** Length-prefixed UTF-8. */
  text(): string {
    const bytes = this.bytes();
    if (!isUtf8(bytes)) throw new UpdateError();
    return decoder.decode(bytes);
  }
}
