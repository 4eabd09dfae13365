import { call } from '@parvis/contract/call';
import { type Draft, listDrafts, putDraft } from '@parvis/contract/chat-draft';
import { tabLine } from '../tab-line.ts';

/** Milliseconds without a letter after which a draft goes to the server. */
const restMs = 700;

/** A draft as this browser last knew it. */
export interface Kept {
  readonly body: string;
  /** Milliseconds since 1970, by the clock of the device that wrote it. */
  readonly at: number;
}
type Hear = (draft: Kept) => void;

const placeOf = (channelId: string, threadSeq: number) => `${channelId}/${threadSeq}`;
const storageKey = (personId: string, place: string) => `parvis-draft:${personId}/${place}`;

/**
 * What one person has begun to write, in this browser at once and on the server a moment later. The later text stays,
 * whichever device it came from.
 */
class DraftBook {
  readonly #known = new Map<string, Kept>();
  readonly #hearers = new Map<string, Set<Hear>>();
  readonly #watchers = new Set<() => void>();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  #personId = '';
  #version = 0;
  #leave: (() => void) | undefined;

  /** Begins to listen for a person, once per tab. */
  open(personId: string): void {
    if (this.#personId === personId) return;
    this.#leave?.();
    this.#known.clear();
    this.#personId = personId;
    this.#leave = tabLine.listen({
      hear: (hearing) => {
        if (hearing.t === 'draft') this.#take(hearing.draft);
        else if (hearing.t === 'ready') void this.#ask();
      },
    });
  }

  async #ask(): Promise<void> {
    const { drafts } = await call(listDrafts, {}).catch(() => ({ drafts: [] }));
    for (const draft of drafts) this.#take(draft);
    this.#sendLeft();
  }

  /** What was written while there was no server is sent now. */
  #sendLeft(): void {
    const prefix = storageKey(this.#personId, '');
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith(prefix)) continue;
      const place = key.slice(prefix.length);
      const local = this.#local(place);
      if (local && local.at > (this.#known.get(place)?.at ?? 0)) void this.#send(place, local);
    }
  }

  #take({ channelId, threadSeq, body, at }: Draft): void {
    const place = placeOf(channelId, threadSeq);
    const draft = { body, at: Date.parse(at) };
    this.#know(place, draft);
    const local = this.#local(place);
    if (local !== null && local.at > draft.at) return;
    // Another tab of this browser may have stored it: the field of this one does not have it yet.
    this.#store(place, draft);
    for (const hear of this.#hearers.get(place) ?? []) hear(draft);
  }

  #know(place: string, draft: Kept): void {
    this.#known.set(place, draft);
    this.#version += 1;
    for (const watcher of this.#watchers) watcher();
  }

  #local(place: string): Kept | null {
    try {
      const text = localStorage.getItem(storageKey(this.#personId, place));
      return text === null ? null : (JSON.parse(text) as Kept);
    } catch {
      return null;
    }
  }

  #store(place: string, draft: Kept): void {
    try {
      localStorage.setItem(storageKey(this.#personId, place), JSON.stringify(draft));
    } catch {
      // A full or closed store: the server has it a moment later.
    }
  }

  read(channelId: string, threadSeq: number): Kept | null {
    const place = placeOf(channelId, threadSeq);
    return this.#local(place) ?? this.#known.get(place) ?? null;
  }

  /** Keeps what is written now; an empty text is no draft. `now` does not wait for a pause. */
  write(channelId: string, threadSeq: number, body: string, now = false): void {
    const place = placeOf(channelId, threadSeq);
    if (body === '' && this.read(channelId, threadSeq) === null) return;
    const draft = { body, at: Date.now() };
    this.#store(place, draft);
    clearTimeout(this.#timers.get(place));
    const send = () => {
      this.#timers.delete(place);
      this.#know(place, { ...draft, at: 0 });
      void this.#send(place, draft);
    };
    if (now) send();
    else this.#timers.set(place, setTimeout(send, restMs));
  }

  async #send(place: string, { body, at }: Kept): Promise<void> {
    const [id = '', threadSeq = '0'] = place.split('/');
    const given = { id, threadSeq: Number(threadSeq), body, at: new Date(at).toISOString() };
    const kept = await call(putDraft, given).catch(() => null);
    if (kept !== null) this.#take(kept);
  }

  /** Hears what other devices write here. */
  hear(channelId: string, threadSeq: number, hear: Hear): () => void {
    const place = placeOf(channelId, threadSeq);
    const here = this.#hearers.get(place) ?? new Set();
    this.#hearers.set(place, here.add(hear));
    return () => here.delete(hear);
  }

  /** For the marks in columns. */
  watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  version = (): number => this.#version;

  has(channelId: string): boolean {
    return [...this.#known].some(([place, { body }]) => place.startsWith(`${channelId}/`) && body !== '');
  }
}

export const draftBook = new DraftBook();

/** The person leaves this browser, and their drafts with them; the server keeps them. */
export function forgetDrafts(personId: string): void {
  const prefix = storageKey(personId, '');
  for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
}
