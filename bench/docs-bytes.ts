/** Writes lib0's binary encoding: what the messages of y-protocols and Yjs updates are made of. */
export class Bytes {
  readonly #parts: number[] = [];

  byte(value: number): this {
    this.#parts.push(value);
    return this;
  }

  /** Non-negative integers, seven bits per byte, least first. */
  uints(...values: number[]): this {
    for (let value of values) {
      for (; value > 127; value = Math.floor(value / 128)) this.#parts.push((value & 127) | 128);
      this.#parts.push(value);
    }
    return this;
  }

  /** Length and bytes. */
  block(bytes: Uint8Array): this {
    return this.uints(bytes.length).raw(bytes);
  }

  text(text: string): this {
    return this.block(Buffer.from(text));
  }

  raw(bytes: Uint8Array): this {
    for (const byte of bytes) this.#parts.push(byte);
    return this;
  }

  get done(): Uint8Array {
    return Uint8Array.from(this.#parts);
  }
}
