/** Gathers bytes into one part; memory for it is taken as it fills. */
export class PartBuffer {
  readonly #bytesMax: number;
  #chunks: Uint8Array[] = [];
  bytes = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  get isFull(): boolean {
    return this.bytes === this.#bytesMax;
  }

  /** Takes what fits, and says how many bytes that were. */
  add(chunk: Uint8Array): number {
    const taken = chunk.subarray(0, this.#bytesMax - this.bytes);
    this.#chunks.push(taken);
    this.bytes += taken.byteLength;
    return taken.byteLength;
  }

  view(): Buffer {
    return Buffer.concat(this.#chunks, this.bytes);
  }

  take(): Buffer {
    const whole = this.view();
    this.#chunks = [];
    this.bytes = 0;
    return whole;
  }
}
