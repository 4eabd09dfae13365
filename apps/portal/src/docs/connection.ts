import { docsClose, docsMessage, docsSubprotocol } from '@parvis/contract/docs';
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
import { PendingUpdates } from './pending.ts';

/** Milliseconds before the first and the longest wait between two attempts to connect. */
const retryMsMin = 500;
const retryMsMax = 15_000;
/** Milliseconds between two signs of presence: the server closes what stays silent for a minute. */
const presenceMs = 15_000;

export interface DocumentStatus {
  readonly link: 'connecting' | 'open' | 'waiting' | 'ended';
  /** True once the server's text has arrived on this page at least once. */
  readonly synced: boolean;
  readonly right: 'write' | 'read';
  /** Updates that were sent and are not yet on the server's disk, and those written while there was no connection. */
  readonly unsaved: number;
  /** Code of the last refusal, until the next ack. */
  readonly refused: string | null;
  /** The document is no longer open to this person, or was replaced. */
  readonly gone: 'not-found' | 'wrong-epoch' | null;
}

interface Options {
  readonly id: string;
  readonly epoch: string;
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
  readonly #pending: PendingUpdates;
  readonly #listeners = new Set<() => void>();
  readonly #commentListeners = new Set<(rev: number) => void>();
  #status: DocumentStatus;
  #socket: WebSocket | null = null;
  #retryMs = retryMsMin;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #beat: ReturnType<typeof setInterval> | undefined;
  #stopped = true;
  /** Sent on this socket and neither acked nor refused yet. */
  #inFlight = 0;
  /** Written while no socket was open. */
  #offline = 0;

  constructor(options: Options) {
    this.#options = options;
    this.#pending = new PendingUpdates(options.personId, options.id, options.epoch);
    this.#status = {
      link: 'connecting',
      synced: false,
      right: options.mayWrite ? 'write' : 'read',
      unsaved: 0,
      refused: null,
      gone: null,
    };
    this.doc.on('update', (update: Uint8Array, origin: unknown) => this.#onUpdate(update, origin));
    this.awareness.on(
      'update',
      (change: Record<'added' | 'updated' | 'removed', number[]>, origin: unknown) => {
        if (origin === this) return;
        const mine = [...change.added, ...change.updated, ...change.removed].filter(
          (id) => id === this.doc.clientID,
        );
        if (mine.length > 0) this.#sendAwareness();
      },
    );
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

  start(): void {
    if (!this.#stopped) return;
    this.#stopped = false;
    this.#pending.read().then(
      (updates) => {
        for (const update of updates) Y.applyUpdate(this.doc, update, this.#pending);
        this.#offline += updates.length;
        this.#connect();
      },
      () => this.#connect(),
    );
    window.addEventListener('online', this.#wake);
  }

  stop(): void {
    this.#stopped = true;
    window.removeEventListener('online', this.#wake);
    clearTimeout(this.#timer);
    clearInterval(this.#beat);
    removeAwarenessStates(this.awareness, [this.doc.clientID], 'leaving');
    this.#socket?.close(1000);
    this.#socket = null;
  }

  readonly #wake = () => {
    if (this.#socket === null) this.#again(0);
  };

  #set(change: Partial<DocumentStatus>): void {
    const next = { ...this.#status, ...change, unsaved: this.#inFlight + this.#offline };
    const same = (Object.keys(next) as (keyof DocumentStatus)[]).every(
      (key) => next[key] === this.#status[key],
    );
    if (same) return;
    this.#status = next;
    for (const listener of this.#listeners) listener();
  }

  #onUpdate(update: Uint8Array, origin: unknown): void {
    if (origin === this || origin === this.#pending) return;
    this.#pending.add(update);
    if (this.#socket?.readyState === WebSocket.OPEN && this.#status.synced) {
      this.#send((encoder) => {
        encoding.writeVarUint(encoder, docsMessage.sync);
        sync.writeUpdate(encoder, update);
      });
      this.#inFlight += 1;
    } else {
      this.#offline += 1;
    }
    this.#set({});
  }

  #send(write: (encoder: encoding.Encoder) => void): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    const encoder = encoding.createEncoder();
    write(encoder);
    this.#socket.send(encoding.toUint8Array(encoder) as Uint8Array<ArrayBuffer>);
  }

  #sendAwareness(): void {
    this.#send((encoder) => {
      encoding.writeVarUint(encoder, docsMessage.awareness);
      encoding.writeVarUint8Array(encoder, encodeAwarenessUpdate(this.awareness, [this.doc.clientID]));
    });
  }

  #connect(): void {
    if (this.#stopped || this.#socket !== null) return;
    this.#set({ link: 'connecting' });
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const { epoch, link } = this.#options;
    const query = new URLSearchParams({ epoch, schema: String(schemaVersion) });
    if (link !== undefined) query.set('link', link);
    const socket = new WebSocket(
      `${scheme}://${location.host}/ws/docs/${this.#options.id}?${query}`,
      docsSubprotocol,
    );
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    socket.onopen = () => {
      this.#retryMs = retryMsMin;
      this.#set({ link: 'open' });
      this.#send((encoder) => {
        encoding.writeVarUint(encoder, docsMessage.sync);
        sync.writeSyncStep1(encoder, this.doc);
      });
      this.#sendAwareness();
      this.#beat = setInterval(() => this.#sendAwareness(), presenceMs);
    };
    socket.onmessage = (event) => this.#hear(new Uint8Array(event.data as ArrayBuffer));
    socket.onclose = (event) => this.#onClose(socket, event.code);
  }

  #onClose(socket: WebSocket, code: number): void {
    if (this.#socket !== socket) return;
    this.#socket = null;
    clearInterval(this.#beat);
    // What was sent and not acked may or may not be on disk: the next sync step 2 carries it again, without doubling.
    this.#offline += this.#inFlight;
    this.#inFlight = 0;
    const others = [...this.awareness.getStates().keys()].filter((id) => id !== this.doc.clientID);
    removeAwarenessStates(this.awareness, others, this);
    if (this.#stopped) return;
    if (code === docsClose.wrongEpoch) return this.#set({ link: 'ended', gone: 'wrong-epoch' });
    if (code === 4403 || code === 4404) return this.#set({ link: 'ended', gone: 'not-found' });
    if (code === 4401) return this.#set({ link: 'ended' });
    this.#set({ link: 'waiting' });
    this.#again(this.#retryMs * (0.5 + Math.random()));
    this.#retryMs = Math.min(retryMsMax, this.#retryMs * 2);
  }

  #again(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#connect(), ms);
  }

  #hear(frame: Uint8Array): void {
    const decoder = decoding.createDecoder(frame);
    // The server may join several messages of one commit in one frame.
    while (decoding.hasContent(decoder)) {
      if (!this.#hearOne(decoder)) return;
    }
  }

  /** Reads one message; answers false when the rest of the frame cannot be read because its kind is not known. */
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
        this.#settled(decoding.readVarUint(decoder), null);
        return true;
      case docsMessage.state: {
        decoding.readVarString(decoder);
        this.#set({ right: decoding.readVarString(decoder) === 'write' ? 'write' : 'read' });
        return true;
      }
      case docsMessage.comments: {
        const rev = decoding.readVarUint(decoder);
        for (const hear of this.#commentListeners) hear(rev);
        return true;
      }
      case docsMessage.refused: {
        const code = decoding.readVarString(decoder);
        this.#settled(decoding.readVarUint(decoder), code);
        return true;
      }
      default:
        return false;
    }
  }

  #hearSync(decoder: decoding.Decoder): void {
    const answer = encoding.createEncoder();
    encoding.writeVarUint(answer, docsMessage.sync);
    const kind = sync.readSyncMessage(decoder, answer, this.doc, this);
    if (kind === sync.messageYjsSyncStep1) {
      // Our answer is a sync step 2 with everything the server lacks: it counts as one update.
      this.#socket?.send(encoding.toUint8Array(answer) as Uint8Array<ArrayBuffer>);
      this.#inFlight += 1;
      this.#offline = 0;
      this.#set({});
    } else if (kind === sync.messageYjsSyncStep2) {
      this.#set({ synced: true });
    }
  }

  #settled(count: number, refused: string | null): void {
    this.#inFlight = Math.max(0, this.#inFlight - count);
    if (this.#inFlight + this.#offline === 0 && refused === null) this.#pending.clear();
    this.#set({ refused });
  }
}
