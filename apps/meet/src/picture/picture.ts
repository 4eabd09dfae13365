import { type Browser, openBrowser } from './browser.ts';
import { FrameFile } from './frames.ts';
import type { Way } from './page/orders.ts';
import { PageServer } from './page-server.ts';

/** Milliseconds until a page must have brought something: its first, on a busy machine, and each after that. */
const firstMsMax = 90_000;
const silentMsMax = 20_000;
/** Milliseconds after an attempt to open a page, or its end, in which there is no other. */
const againMs = 3_000;
/** Milliseconds that a page has to bring what it still holds. */
const drainMsMax = 30_000;

export interface PictureWanted {
  /** The file in which the pictures are kept. */
  readonly file: string;
  readonly reserveBytes: number;
  /** Path of the Chromium. */
  readonly program: string;
  readonly way: () => Promise<Way>;
  /** Called once when the disk takes no more. */
  readonly onFull: () => void;
}

/**
 * The moving picture of one meeting, drawn by a page of its own and kept as it comes. A page that dies or is silent is
 * replaced by another; what is missing then can be read from the pictures that are there.
 */
export class Picture {
  readonly #wanted: PictureWanted;
  readonly #frames: FrameFile;
  #server: PageServer | null = null;
  #browser: Browser | null = null;
  #agreed: readonly string[] = [];
  #until: number | null = null;
  #heardAt = 0;
  #openedAt = 0;
  #opening: Promise<void> | null = null;
  #keeping: Promise<void> = Promise.resolve();
  #onDone: () => void = () => undefined;

  private constructor(wanted: PictureWanted, frames: FrameFile) {
    this.#wanted = wanted;
    this.#frames = frames;
  }

  static async open(wanted: PictureWanted): Promise<Picture> {
    const one = new Picture(wanted, await FrameFile.open(wanted.file, wanted.reserveBytes));
    one.#server = await PageServer.open({
      way: wanted.way,
      frames: async (records) => {
        await one.#keep(records);
        return { agreed: one.#agreed, until: one.#until };
      },
      done: () => one.#onDone(),
    });
    return one;
  }

  /** Called every second with who may be seen now. */
  look(agreed: readonly string[]): void {
    this.#agreed = agreed;
    const now = Date.now();
    if (this.#browser !== null) {
      const heard = this.#heardAt > this.#openedAt;
      if (now - Math.max(this.#heardAt, this.#openedAt) > (heard ? silentMsMax : firstMsMax))
        this.#browser.kill();
      return;
    }
    if (this.#until !== null || this.#opening !== null || now - this.#openedAt < againMs) return;
    this.#openedAt = now;
    this.#opening = this.#begin().finally(() => {
      this.#opening = null;
    });
  }

  async #begin(): Promise<void> {
    const server = this.#server;
    if (server === null) return;
    this.#frames.anew();
    const browser = await openBrowser(this.#wanted.program, server.address()).catch(() => null);
    if (browser === null) return;
    this.#browser = browser;
    void browser.gone.then(() => {
      if (this.#browser === browser) this.#browser = null;
      // What has just died is not begun again at once.
      this.#openedAt = Date.now();
      // A page that is gone holds nothing any more.
      if (this.#until !== null) this.#onDone();
    });
  }

  /** One after the other, so that an answer means that everything before is on the disk, too. */
  #keep(records: Buffer): Promise<void> {
    this.#heardAt = Date.now();
    const kept = this.#keeping.then(() => this.#frames.put(records, this.#until));
    this.#keeping = kept.catch((error: unknown) => {
      if (!(error instanceof RangeError)) this.#wanted.onFull();
    });
    return kept;
  }

  /** Ends it at that moment (Unix ms), after the page has brought what it holds. */
  async close(until: number): Promise<void> {
    const done = new Promise<void>((resolve) => {
      this.#onDone = resolve;
    });
    this.#until = until;
    await this.#opening;
    if (this.#browser !== null) {
      const late = setTimeout(() => this.#onDone(), drainMsMax);
      await done;
      clearTimeout(late);
    }
    const browser = this.#browser;
    browser?.kill();
    await browser?.gone;
    await this.#keeping;
    await this.#server?.close();
    this.#server = null;
    await this.#frames.end(until).catch(() => undefined);
    await this.#frames.close();
  }
}
