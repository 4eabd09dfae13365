import { docsClose, docsMessage } from '@parvis/contract/docs';
import { schemaVersion } from '@parvis/document/version';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import {
  applyAwarenessUpdate,
  Awareness,
  encodeAwarenessUpdate,
  removeAwarenessStates,
} from 'y-protocols/awareness';
import * as sync from 'y-protocols/sync';
import * as Y from 'yjs';
import type { DocumentStanding, DocumentStatus } from './document-status.ts';
import { Ledger } from './ledger.ts';
import { Arrivals } from './line/arrivals.ts';
import { Way } from './line/way.ts';
import { LocalText } from './local/local-text.ts';
import { Tabs } from './local/tabs.ts';

/** Milliseconds between two signs of presence: the server closes what stays silent for a minute. */
const presenceMs = 15_000;
/** Milliseconds whose moves of the cursor are told as one: the letter that moved it is painted first. */
const pointingMs = 40;

interface Options {
  readonly id: string;
  readonly epoch: string;
  readonly title: () => string;
  readonly personId: string;
  readonly mayWrite: boolean;
  /** The secret of a link, for whoever may read by it alone. */
  readonly link: string | undefined;
}

/** One document on this page: its text, who else is there, and whether what was written is on the server's disk. */
export class DocumentConnection {
  readonly doc = new Y.Doc();
  readonly awareness = new Awareness(this.doc);
  readonly #options: Options;
  readonly #listeners = new Set<() => void>();
  readonly #commentListeners = new Set<(rev: number) => void>();
  #status: DocumentStatus;
  #standing: DocumentStanding;
  #local: Promise<LocalText> | null = null;
  #ledger: Ledger | null = null;
  #tabs: Tabs | null = null;
  #way: Way | null = null;
  readonly #arrivals = new Arrivals((messages) => this.#take(messages));
  #beat: ReturnType<typeof setInterval> | undefined;
  #pointing: ReturnType<typeof setTimeout> | undefined;
  #stopped = true;
  /** Whether this line has heard the server's text: from then on changes are sent as they are made. */
  #heard = false;

  constructor(options: Options) {
    this.#options = options;
    this.#status = {
      link: 'connecting',
      synced: false,
      right: options.mayWrite ? 'write' : 'read',
      unsaved: 0,
      refused: null,
      gone: null,
      keeping: 'kept',
    };
    this.#standing = this.#status;
    this.doc.on('update', (update: Uint8Array, origin: unknown) => this.#onUpdate(update, origin));
    this.awareness.on('update', ({ added, updated, removed }: Record<string, number[]>, origin: unknown) => {
      if (origin === this) return;
      // Whoever leaves says so while there is a line.
      if (removed?.includes(this.doc.clientID)) this.#sendAwareness();
      else if ([...(added ?? []), ...(updated ?? [])].includes(this.doc.clientID))
        this.#pointing ??= setTimeout(() => this.#sendAwareness(), pointingMs);
    });
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  /** Comments changed up to a position; 0 when notices were lost. Nothing that listens ends before the page does. */
  onComments(hear: (rev: number) => void): void {
    this.#commentListeners.add(hear);
  }
  status = (): DocumentStatus => this.#status;
  /** The same object as long as nothing but the count of unsaved changes is another. */
  standing = (): DocumentStanding => this.#standing;

  start(): void {
    if (!this.#stopped) return;
    this.#stopped = false;
    document.addEventListener('visibilitychange', this.#leave);
    const { id, epoch, personId, title } = this.#options;
    const about = { personId, documentId: id, epoch, title };
    this.#local ??= LocalText.open(about, this.doc, (keeping) => this.#set({ keeping })).then(
      ({ local, has }) => {
        this.#ledger = new Ledger(local.unsent);
        this.#set({ synced: has });
        return local;
      },
    );
    void this.#local.then((local) => this.#begin(local));
  }

  #begin(local: LocalText): void {
    if (this.#stopped || this.#way !== null) return;
    const { id, personId, link } = this.#options;
    this.#tabs = new Tabs(`${personId}/${id}/${local.epoch}`, this.doc, {
      update: (update) => Y.applyUpdate(this.doc, update, this),
      presence: (states) => applyAwarenessUpdate(this.awareness, states, this),
      arrived: () => this.#sendAwareness(),
    });
    this.#tabs.ask();
    this.#way = new Way(
      { id, epoch: local.epoch, schema: schemaVersion, link },
      {
        // A line that is tried again and again is still one that is waited for.
        trying: () => this.#status.link !== 'waiting' && this.#set({ link: 'connecting' }),
        open: () => this.#onOpen(),
        message: (bytes) => this.#hear(bytes),
        close: (code) => this.#onClose(code),
      },
    );
    this.#beat = setInterval(() => this.#sendAwareness(), presenceMs);
  }

  stop(): void {
    this.#stopped = true;
    document.removeEventListener('visibilitychange', this.#leave);
    clearInterval(this.#beat);
    removeAwarenessStates(this.awareness, [this.doc.clientID], 'leaving');
    this.#way?.stop();
    this.#way = null;
    this.#tabs?.close();
    this.#tabs = null;
    this.#lineEnded();
    void this.#local?.then((local) => local.stop());
  }

  readonly #leave = () => void this.#local?.then((local) => local.stop());

  /** Resolves once this browser keeps everything that was written here, as far as it keeps anything. */
  async kept(): Promise<void> {
    const local = await this.#local;
    await local?.unsent.settled();
  }

  #set(change: Partial<DocumentStatus>): void {
    const next = { ...this.#status, ...change, unsaved: this.#ledger?.unsaved ?? 0 };
    const changed = (Object.keys(next) as (keyof DocumentStatus)[]).filter(
      (key) => next[key] !== this.#status[key],
    );
    if (changed.length === 0) return;
    this.#status = next;
    if (changed.some((key) => key !== 'unsaved')) this.#standing = next;
    for (const listener of this.#listeners) listener();
  }

  #onUpdate(update: Uint8Array, origin: unknown): void {
    void this.#local?.then((local) => this.#status.synced && local.changed());
    if (origin === this || origin instanceof LocalText || this.#ledger === null) return;
    const name = this.#ledger.add(update);
    this.#tabs?.say({ update });
    if (this.#heard) {
      this.#ledger.sent([name]);
      this.#send(docsMessage.sync, (encoder) => sync.writeUpdate(encoder, update));
    }
    this.#set({});
  }

  #send(type: number, write: (encoder: encoding.Encoder) => void): void {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, type);
    write(encoder);
    this.#way?.send(encoding.toUint8Array(encoder));
  }

  #sendAwareness(): void {
    clearTimeout(this.#pointing);
    this.#pointing = undefined;
    const states = encodeAwarenessUpdate(this.awareness, [this.doc.clientID]);
    this.#tabs?.say({ presence: states });
    this.#send(docsMessage.awareness, (encoder) => encoding.writeVarUint8Array(encoder, states));
  }

  #onOpen(): void {
    this.#send(docsMessage.sync, (encoder) => sync.writeSyncStep1(encoder, this.doc));
    this.#sendAwareness();
  }

  #lineEnded(): void {
    this.#arrivals.flush();
    this.#heard = false;
    this.#ledger?.lineEnded();
    const others = [...this.awareness.getStates().keys()].filter((id) => id !== this.doc.clientID);
    removeAwarenessStates(this.awareness, others, this);
  }

  #onClose(code: number): void {
    this.#lineEnded();
    if (code === docsClose.wrongEpoch) return this.#end('wrong-epoch');
    if (code === 4403 || code === 4404) return this.#end('not-found');
    if (code === 4401) return this.#set({ link: 'ended' });
    // Closed by us, for a better way.
    if (code === 1000) return this.#way?.again();
    this.#set({ link: 'waiting', ...(code === docsClose.tooLarge ? { refused: 'update-too-large' } : {}) });
    this.#way?.again();
  }

  /** The text is no longer to be written here. What was not sent stays in this browser. */
  #end(gone: NonNullable<DocumentStatus['gone']>): void {
    this.#way?.stop();
    this.#lineEnded();
    const end = async () => {
      const local = await this.#local;
      if (gone === 'not-found') await local?.close();
      else await local?.unsent.settled();
    };
    void end().then(() => this.#set({ link: 'ended', gone }));
  }

  #hear(bytes: Uint8Array): void {
    this.#set({ link: 'open' });
    this.#arrivals.push(bytes);
  }

  /** As one change of the text, so that the editor draws once. The server may join several messages in one. */
  #take(messages: readonly Uint8Array[]): void {
    const take = () => {
      for (const bytes of messages) {
        const decoder = decoding.createDecoder(bytes);
        while (decoding.hasContent(decoder) && this.#status.gone === null) if (!this.#hearOne(decoder)) break;
      }
    };
    Y.transact(this.doc, take, this, false);
  }

  /** Reads one message; answers false when the rest cannot be read because its kind is not known. */
  #hearOne(decoder: decoding.Decoder): boolean {
    switch (decoding.readVarUint(decoder)) {
      case docsMessage.sync:
        this.#hearSync(decoder);
        return true;
      case docsMessage.awareness:
        applyAwarenessUpdate(this.awareness, decoding.readVarUint8Array(decoder), this);
        return true;
      case docsMessage.queryAwareness:
        this.#sendAwareness();
        return true;
      case docsMessage.ack:
        this.#ledger?.acked(decoding.readVarUint(decoder));
        this.#set(this.#ledger?.unsaved === 0 ? { refused: null } : {});
        return true;
      case docsMessage.state: {
        decoding.readVarString(decoder);
        const right = decoding.readVarString(decoder) === 'write' ? 'write' : 'read';
        this.#set(this.#ledger?.unsaved === 0 ? { right, refused: null } : { right });
        return true;
      }
      case docsMessage.comments: {
        const rev = decoding.readVarUint(decoder);
        for (const hear of this.#commentListeners) hear(rev);
        return true;
      }
      case docsMessage.refused:
        return this.#hearRefused(decoding.readVarString(decoder), decoding.readVarUint(decoder));
      default:
        return false;
    }
  }

  #hearRefused(code: string, updates: number): boolean {
    this.#ledger?.refused(updates);
    // Before any text has come in: an editor that does not know a block would delete it for everybody.
    if (code === 'schema-too-old') {
      this.#end('schema-too-old');
      return false;
    }
    // A cursor that is not shown, or a gap that is being closed, are nothing to tell people.
    if (code !== 'presence-refused' && code !== 'clock-gap') this.#set({ refused: code });
    else this.#set({});
    return true;
  }

  #hearSync(decoder: decoding.Decoder): void {
    const answer = encoding.createEncoder();
    encoding.writeVarUint(answer, docsMessage.sync);
    const kind = sync.readSyncMessage(decoder, answer, this.doc, this);
    if (kind === sync.messageYjsSyncStep1) {
      // Our answer is a sync step 2 with everything the server lacks: it carries all that was not acknowledged.
      this.#ledger?.sentAll();
      this.#way?.send(encoding.toUint8Array(answer));
      this.#set({});
    } else if (kind === sync.messageYjsSyncStep2) {
      this.#heard = true;
      void this.#local?.then((local) => local.changed());
      this.#set({ synced: true });
    }
  }
}
