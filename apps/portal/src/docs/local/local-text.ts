import { textOf } from '@parvis/document/text';
import { schemaVersion } from '@parvis/document/version';
import * as Y from 'yjs';
import { forgetCopy, readCopy, writeCopy } from './copies.ts';
import { setAside } from './kept.ts';
import { Unsent } from './unsent.ts';

/**
 * Milliseconds after a change until the copy is written anew: the first time, and while a text is being written. It is a
 * work of milliseconds that grows with the text; changes of one's own are kept at once, as they are.
 */
const firstWriteMs = 500;
const writeMs = 8_000;

/** Whether this browser keeps what is written here: it may refuse, or be full. */
export type Keeping = 'kept' | 'unavailable' | 'full';

export interface About {
  readonly personId: string;
  readonly documentId: string;
  /** That of the page; the copy may know of a later one, epochs rise in time. */
  readonly epoch: string;
  readonly title: () => string;
}

/** A document as this browser keeps it: the text, and what of it the server does not have yet. */
export class LocalText {
  readonly epoch: string;
  readonly unsent: Unsent;
  readonly #about: About;
  readonly #doc: Y.Doc;
  readonly #lost: (why: Keeping) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #written = false;

  private constructor(about: About, epoch: string, doc: Y.Doc, lost: (why: Keeping) => void) {
    this.epoch = epoch;
    this.#about = about;
    this.#doc = doc;
    this.#lost = lost;
    this.unsent = new Unsent(`${about.personId}/${about.documentId}/${epoch}`, lost);
  }

  /**
   * Reads what is kept into the text. What was written in an older one is set aside. `has` says whether there is a
   * text to show.
   */
  static async open(
    about: About,
    doc: Y.Doc,
    lost: (why: Keeping) => void,
  ): Promise<{ local: LocalText; has: boolean }> {
    const { personId, documentId } = about;
    try {
      const found = await readCopy(personId, documentId);
      // What a newer page wrote must not be bound by this one.
      const copy = found !== null && found.copy.schema <= schemaVersion ? found : null;
      const epoch = copy !== null && copy.copy.epoch > about.epoch ? copy.copy.epoch : about.epoch;
      await setAside(personId, documentId, (one) => one < epoch, 'replaced');
      const local = new LocalText(about, epoch, doc, lost);
      const has = copy !== null && copy.copy.epoch === epoch;
      if (has) Y.applyUpdate(doc, copy.state, local);
      for (const update of await local.unsent.read()) Y.applyUpdate(doc, update, local);
      return { local, has };
    } catch {
      lost('unavailable');
      return { local: new LocalText(about, about.epoch, doc, lost), has: false };
    }
  }

  /** The text has changed: the copy follows soon. */
  changed(): void {
    this.#timer ??= setTimeout(() => void this.write(), this.#written ? writeMs : firstWriteMs);
  }

  /** Writes the copy now. */
  async write(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#written = true;
    const { personId, documentId, title } = this.#about;
    const state = Y.encodeStateAsUpdate(this.#doc);
    const text = textOf(this.#doc);
    const copy = {
      place: `${personId}/${documentId}`,
      personId,
      documentId,
      epoch: this.epoch,
      schema: schemaVersion,
      title: title(),
      text,
      bytes: state.length + 2 * text.length,
      usedAt: Date.now(),
    };
    await writeCopy(copy, state).catch((error: unknown) =>
      this.#lost(
        error instanceof DOMException && error.name === 'QuotaExceededError' ? 'full' : 'unavailable',
      ),
    );
  }

  /** The person may no longer open the document: what they had not sent is set aside, the rest forgotten. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    const { personId, documentId } = this.#about;
    await this.unsent.settled();
    if (this.unsent.count > 0) await this.write();
    await setAside(personId, documentId, () => true, 'closed').catch(() => undefined);
    await forgetCopy(personId, documentId).catch(() => undefined);
  }

  stop(): void {
    if (this.#timer !== undefined) void this.write();
  }
}
