import { recordHeadBytes, recordKinds, type Way } from './orders.ts';

/** Milliseconds between two pictures that stand alone: to these a player can jump. */
const keyMs = 4_000;
/** Pictures that may wait for the encoder, and bytes for the house: beyond, pictures are left out and not the end. */
const waitingMax = 2;
const heldBytesMax = 16 * 1024 ** 2;

/** Makes VP8 of a canvas, each picture with the moment at which it was drawn. */
export class Encoder {
  readonly #origin = Date.now();
  readonly #encoder: VideoEncoder;
  #records: Uint8Array<ArrayBuffer>[] = [];
  #heldBytes = 0;
  #last = 0;
  #keyAt = 0;

  constructor({ widthPx, heightPx, framesPerSecond, bitsPerSecond }: Way) {
    this.#encoder = new VideoEncoder({
      output: (chunk) => this.#keep(chunk),
      // The house sees that nothing comes any more, and begins with another page.
      error: () => window.close(),
    });
    this.#encoder.configure({
      codec: 'vp8',
      width: widthPx,
      height: heightPx,
      framerate: framesPerSecond,
      bitrate: bitsPerSecond,
      latencyMode: 'realtime',
      hardwareAcceleration: 'prefer-software',
    });
  }

  /** Whether there is time for another picture now. */
  get isFree(): boolean {
    return this.#encoder.encodeQueueSize < waitingMax && this.#heldBytes < heldBytesMax;
  }

  /** Takes what the canvas shows as the picture of that moment (Unix ms). */
  put(canvas: HTMLCanvasElement, moment: number): void {
    const at = Math.max(moment, this.#last + 1);
    this.#last = at;
    const keyFrame = at - this.#keyAt >= keyMs;
    if (keyFrame) this.#keyAt = at;
    const frame = new VideoFrame(canvas, { timestamp: (at - this.#origin) * 1_000 });
    this.#encoder.encode(frame, { keyFrame });
    frame.close();
  }

  #keep(chunk: EncodedVideoChunk): void {
    const record = new Uint8Array(recordHeadBytes + chunk.byteLength);
    const head = new DataView(record.buffer);
    head.setUint32(0, chunk.byteLength, true);
    head.setUint8(4, recordKinds[chunk.type]);
    head.setFloat64(5, this.#origin + chunk.timestamp / 1_000, true);
    chunk.copyTo(record.subarray(recordHeadBytes));
    this.#records.push(record);
    this.#heldBytes += record.length;
  }

  /** What is ready for the house; it is not given twice. */
  take(): Uint8Array<ArrayBuffer> {
    const all = new Uint8Array(this.#heldBytes);
    let at = 0;
    for (const record of this.#records) {
      all.set(record, at);
      at += record.length;
    }
    this.#records = [];
    this.#heldBytes = 0;
    return all;
  }

  /** Resolves when every picture that was put in can be taken. */
  flush(): Promise<void> {
    return this.#encoder.flush();
  }
}
