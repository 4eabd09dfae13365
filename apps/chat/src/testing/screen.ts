import { randomUUID } from 'node:crypto';
import { call } from '@parvis/contract/call';
import { ChatHearing, type ChatSaying, listMessages } from '@parvis/contract/chat';
import type { Entry, Message, MessageExtras } from '@parvis/contract/chat-entry';
import { listAnswers } from '@parvis/contract/chat-thread';
import { WebSocket } from 'ws';

interface Door {
  /** Address of the service, `http://…`. */
  readonly url: string;
  readonly cookie: string;
  readonly origin: string;
}

interface Unsent {
  readonly channelId: string;
  readonly body: string;
  readonly more: MessageExtras;
  readonly stored: (seq: number) => void;
  readonly refused: (error: Error) => void;
}

/** Milliseconds after which waiting for something on the screen is given up. */
const waitMsMax = 60_000;

/** Refusals after which a send is kept, to be sent again with the next connection. */
const again = new Set(['too-many-requests', 'unavailable']);

/** A screen of somebody at a process of the service. */
export function aScreen(url: string, cookie: string): Promise<Screen> {
  return new Screen({ url, cookie, origin: 'http://127.0.0.1:8080' }).open();
}

/**
 * What a person sees, kept by the rules that every client follows: entries are taken in order by their position, what
 * was not acknowledged is sent again with the same client id. Counts what must never happen. For tests and benches.
 */
export class Screen {
  /** What each channel shows, and the answers that only their thread shows. */
  readonly shown = new Map<string, Message[]>();
  readonly answers = new Map<string, Message[]>();
  /** The last position taken of each channel. */
  readonly #taken = new Map<string, number>();
  readonly heard: ChatHearing[] = [];
  readonly gone = new Set<string>();
  /** Entries that came although one before them had not; entries of a channel that was gone. */
  holes = 0;
  afterGone = 0;
  closed: { code: number; reason: string } | null = null;
  readonly #unsent = new Map<string, Unsent>();
  readonly #waiting = new Set<() => void>();
  #door: Door;
  #socket: WebSocket | null = null;
  /** What comes while a channel is fetched anew, to be taken after it. */
  readonly #fetching = new Map<string, Entry[]>();

  constructor(door: Door) {
    this.#door = door;
  }

  get unsent(): number {
    return this.#unsent.size;
  }
  get socket(): WebSocket {
    if (this.#socket === null) throw new Error('the screen is cut off');
    return this.#socket;
  }

  /** Connects, or connects again (to another process, if given), follows from what is shown, and sends what waits. */
  async open(url = this.#door.url): Promise<this> {
    this.cut();
    this.#fetching.clear();
    this.#door = { ...this.#door, url };
    const { cookie, origin } = this.#door;
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/ws/chat`, { headers: { cookie }, origin });
    this.#socket = socket;
    this.closed = null;
    socket.on('message', (data, binary) => this.#socket === socket && this.#hear(String(data), binary));
    socket.on('error', () => {});
    socket.on('close', (code, reason) => {
      if (this.#socket !== socket) return;
      this.closed = { code, reason: String(reason) };
      this.#wake();
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('open', () => resolve());
      socket.once('error', reject);
      socket.once('close', () => reject(new Error('closed before it was open')));
    });
    if (this.shown.size > 0) this.follow(...this.shown.keys());
    for (const [clientId, { channelId, body, more }] of this.#unsent)
      this.say({ t: 'send', channelId, clientId, body, ...more });
    return this;
  }

  /** The connection breaks off without a word. */
  cut(): void {
    const socket = this.#socket;
    this.#socket = null;
    socket?.terminate();
  }

  say(saying: ChatSaying): void {
    this.raw(JSON.stringify(saying));
  }

  raw(data: string | Buffer): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(data);
  }

  follow(...channelIds: string[]): void {
    for (const id of channelIds) {
      if (this.shown.has(id)) continue;
      this.shown.set(id, []);
      this.answers.set(id, []);
      this.#taken.set(id, 0);
    }
    this.say({ t: 'follow', channels: channelIds.map((id) => ({ id, after: this.taken(id) })) });
  }

  /** Resolves to the position once it is acknowledged, over however many connections. */
  send(
    channelId: string,
    body: string,
    clientId: string = randomUUID(),
    more: MessageExtras = {},
  ): Promise<number> {
    return new Promise((stored, refused) => {
      this.#unsent.set(clientId, { channelId, body, more, stored, refused });
      this.say({ t: 'send', channelId, clientId, body, ...more });
    });
  }

  bodies(channelId: string): string[] {
    return (this.shown.get(channelId) ?? []).map(({ body }) => body);
  }

  /** Waits until something is true of the screen. @throws when it does not become true */
  async until(what: string, isTrue: () => boolean): Promise<void> {
    const deadline = Date.now() + waitMsMax;
    while (!isTrue()) {
      const left = deadline - Date.now();
      if (left <= 0) throw new Error(`not seen: ${what}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        const wake = () => {
          clearTimeout(timer);
          this.#waiting.delete(wake);
          resolve();
        };
        this.#waiting.add(wake);
      });
    }
  }

  refusals(): string[] {
    return this.heard.flatMap((one) => (one.t === 'refused' ? [one.code] : []));
  }

  /** The last position taken of a channel. */
  taken(channelId: string): number {
    return this.#taken.get(channelId) ?? 0;
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
  }

  #hear(text: string, binary: boolean): void {
    if (binary) throw new Error('the server speaks text only');
    const hearing = ChatHearing.parse(JSON.parse(text));
    this.heard.push(hearing);
    if (hearing.t === 'entries') this.#take(hearing.channelId, hearing.entries);
    if (hearing.t === 'reset') void this.#fetch(hearing.channelId, hearing.lastSeq).catch(() => this.cut());
    if (hearing.t === 'stored') this.#settle(hearing.clientId, (one) => one.stored(hearing.seq));
    // Asked for after it was taken away, a channel is refused like one that never was: the same to the screen.
    const refused = hearing.t === 'refused' && hearing.code === 'not-found' && !hearing.clientId;
    if ((hearing.t === 'gone' || refused) && hearing.channelId) {
      this.gone.add(hearing.channelId);
      this.shown.delete(hearing.channelId);
    }
    if (hearing.t === 'refused' && hearing.clientId && !again.has(hearing.code)) {
      this.#settle(hearing.clientId, (one) => one.refused(new Error(hearing.code)));
    }
    this.#wake();
  }

  #settle(clientId: string, act: (one: Unsent) => void): void {
    const one = this.#unsent.get(clientId);
    this.#unsent.delete(clientId);
    if (one) act(one);
  }

  #take(channelId: string, entries: Entry[]): void {
    if (this.gone.has(channelId)) this.afterGone += 1;
    const aside = this.#fetching.get(channelId);
    if (aside) aside.push(...entries);
    if (!this.shown.has(channelId) || aside) return;
    for (const entry of entries) {
      const last = this.taken(channelId);
      if (entry.seq <= last) continue;
      if (entry.seq !== last + 1) this.holes += 1;
      this.#taken.set(channelId, entry.seq);
      if (entry.kind !== 'notice') this.#put(entry.message, entry.kind === 'message');
    }
  }

  /** Shows a message, or replaces it when it is shown already and this is a later state of it. */
  #put(message: Message, isNew: boolean): void {
    const of = message.inChannel ? this.shown : this.answers;
    const list = of.get(message.channelId) ?? [];
    of.set(message.channelId, list);
    const at = list.findIndex(({ seq }) => seq === message.seq);
    const known = list[at];
    if (known && message.changedSeq >= known.changedSeq) list[at] = message;
    if (!known && isNew) list.push(message);
  }

  /** After `reset`: everything again, in pages; then what came meanwhile, which goes on after `lastSeq`. */
  async #fetch(channelId: string, lastSeq: number): Promise<void> {
    const aside: Entry[] = [];
    this.#fetching.set(channelId, aside);
    const shown: Message[] = [];
    const { url, cookie, origin } = this.#door;
    for (;;) {
      const after = shown.at(-1)?.seq ?? 0;
      const given = { id: channelId, after, limit: 200 };
      const page = await call(listMessages, given, { base: url, headers: { cookie, origin } });
      shown.push(...page.messages);
      if (!page.newer || page.messages.length === 0) break;
    }
    const answers: Message[] = [];
    for (const { seq } of shown.filter((one) => one.threadSeq === null && one.changedSeq !== one.seq)) {
      const given = { id: channelId, seq, after: 0, limit: 200 };
      const page = await call(listAnswers, given, { base: url, headers: { cookie, origin } });
      answers.push(...page.answers.filter(({ inChannel }) => !inChannel));
    }
    // Cut off meanwhile, or told to fetch once more: the other one goes on.
    if (this.#fetching.get(channelId) !== aside) return;
    this.#fetching.delete(channelId);
    this.shown.set(channelId, shown);
    this.answers.set(
      channelId,
      answers.sort((a, b) => a.seq - b.seq),
    );
    this.#taken.set(channelId, lastSeq);
    this.#take(channelId, aside);
    this.#wake();
  }
}
