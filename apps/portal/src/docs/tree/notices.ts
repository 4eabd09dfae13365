import { noticesPath, type ThingsChanged } from '@parvis/contract/doc-list';
import { followedThingsPageMax } from '@parvis/contract/limits';

/** Milliseconds before the first and the longest wait between two attempts to connect. */
const retryMsMin = 500;
const retryMsMax = 15_000;
/** Milliseconds the socket stays open when nobody on the page listens: a change of page is not a new connection. */
const lingerMs = 2_000;

interface Watch {
  readonly ids: readonly string[];
  /** `begun`: these are followed from now on; what changed between the page's own question and now is not known. */
  readonly heard: (changed: ReadonlySet<string>, begun: boolean) => void;
}

/** The one socket of this tab that tells of changes to what the page shows. */
class Notices {
  readonly #watches = new Set<Watch>();
  #socket: WebSocket | null = null;
  #retryMs = retryMsMin;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closing: ReturnType<typeof setTimeout> | undefined;
  #saying = false;
  #followed: ReadonlySet<string> = new Set();
  /** What is new in each saying that the server has not answered yet. */
  #unanswered: string[][] = [];
  /** After a loss, what happened meanwhile is unknown: everything is taken as changed. */
  #missed = false;

  /** Hears of changes to these things until the answer is called; at once of all, when there was a gap. */
  watch(ids: readonly string[], heard: Watch['heard']): () => void {
    const watch = { ids, heard };
    this.#watches.add(watch);
    clearTimeout(this.#closing);
    if (this.#socket === null) this.#open();
    else this.#sayLater();
    return () => {
      this.#watches.delete(watch);
      if (this.#watches.size > 0) return this.#sayLater();
      clearTimeout(this.#closing);
      this.#closing = setTimeout(() => this.#close(), lingerMs);
    };
  }

  #open(): void {
    clearTimeout(this.#timer);
    const address = new URL(noticesPath, window.location.href);
    address.protocol = address.protocol.replace('http', 'ws');
    const socket = new WebSocket(address);
    this.#socket = socket;
    this.#followed = new Set();
    this.#unanswered = [];
    socket.onopen = () => {
      this.#retryMs = retryMsMin;
      this.#say();
    };
    socket.onmessage = ({ data }) => {
      const notice = JSON.parse(String(data)) as Partial<ThingsChanged>;
      if (notice.changed === undefined) return;
      const missed = this.#missed;
      this.#missed = false;
      // An answer to what was said is a notice of nothing.
      const begun = notice.changed.length === 0;
      const changed = new Set(begun ? this.#unanswered.shift() : notice.changed);
      if (!begun) this.#forgetUnheard(changed);
      for (const { ids, heard } of this.#watches) {
        const mine = missed ? ids : ids.filter((id) => changed.has(id));
        if (mine.length > 0) heard(new Set(mine), begun && !missed);
      }
    };
    socket.onclose = () => {
      if (this.#socket !== socket) return;
      this.#socket = null;
      this.#missed = true;
      if (this.#watches.size === 0) return;
      this.#timer = setTimeout(() => this.#open(), this.#retryMs * (0.5 + Math.random()));
      this.#retryMs = Math.min(this.#retryMs * 2, retryMsMax);
    };
  }

  /** Between two pages nobody listens: who asks for such a thing again is told that it begins, and reads it anew. */
  #forgetUnheard(changed: ReadonlySet<string>): void {
    const watched = new Set([...this.#watches].flatMap(({ ids }) => [...ids]));
    this.#followed = new Set([...this.#followed].filter((id) => watched.has(id) || !changed.has(id)));
  }

  #close(): void {
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  /** Parts of a page come and go together: what is followed is said once for all of them. */
  #sayLater(): void {
    if (this.#saying) return;
    this.#saying = true;
    queueMicrotask(() => {
      this.#saying = false;
      this.#say();
    });
  }

  #say(): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    const ids = new Set([...this.#watches].flatMap((watch) => [...watch.ids]));
    const follow = [...ids].slice(0, followedThingsPageMax);
    this.#unanswered.push(follow.filter((id) => !this.#followed.has(id)));
    this.#followed = new Set(follow);
    this.#socket.send(JSON.stringify({ follow }));
  }
}

export const notices = new Notices();
