import { call } from '@parvis/contract/call';
import { type ChatHearing, listUnread } from '@parvis/contract/chat';
import { tellLineState } from '../shell/line-state.ts';
import { tellUnread } from '../shell/live-unread.ts';
import { startSender } from './offline/sender.ts';
import { tabLine } from './tab-line.ts';

/** Milliseconds without a connection after which the person is told: a server that restarts is back before. */
const patienceMs = 4_000;

interface Position {
  spaceId: string | null;
  /** Messages of the channel, and those that were read. Null until the channel's first word, which tells it. */
  lastNr: number | null;
  readNr: number;
  unread: number;
  /** It does not stand in the column yet, and will with its next word. */
  hidden: boolean;
}

/**
 * Follows the liveliest channels of this person (a page of them) for the dots of the rail and the counts of the column,
 * as long as the tab is open: those that they are in and have not muted. Counts by itself from what it hears; the
 * server is asked once per connection, and when a channel is new.
 */
export class UnreadFollower {
  readonly #personId: string;
  readonly #channels = new Map<string, Position>();
  #patience: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;
  #leave: () => void = () => undefined;
  #stopSending: () => void = () => undefined;

  readonly #onNew: () => void;

  /** @param onNew something is to stand in the column that did not */
  constructor(personId: string, onNew: () => void) {
    this.#personId = personId;
    this.#onNew = onNew;
  }

  start(): void {
    this.#stopSending = startSender(this.#personId);
    this.#leave = tabLine.listen({
      hear: (hearing) => this.#hear(hearing),
      change: (state) => this.#onLine(state === 'open', state === 'ended'),
    });
  }

  stop(): void {
    this.#stopped = true;
    this.#stopSending();
    clearTimeout(this.#patience);
    this.#leave();
    tellUnread(null);
    tellLineState('unknown');
  }

  #onLine(open: boolean, ended: boolean): void {
    if (open || ended) {
      clearTimeout(this.#patience);
      this.#patience = undefined;
      // A session that has ended is said by the page itself, with the way back in.
      tellLineState(open ? 'open' : 'unknown');
    } else {
      this.#patience ??= setTimeout(() => tellLineState('lost'), patienceMs);
    }
  }

  /** Asks what there is, then follows from its end all that was not followed before. */
  async #begin(): Promise<void> {
    const { joined, channels } = await call(listUnread, {});
    if (this.#stopped) return;
    const counts = new Map(channels.map(({ channelId, unread }) => [channelId, unread]));
    const fresh = joined.filter(({ channelId, muted }) => !muted && !this.#channels.has(channelId));
    for (const { channelId, spaceId, hidden } of fresh) {
      const unread = counts.get(channelId) ?? 0;
      this.#channels.set(channelId, { spaceId, lastNr: null, readNr: 0, unread, hidden });
    }
    const wanted = fresh.map(({ channelId }) => channelId).filter((id) => !tabLine.isShown(id));
    // A position beyond the end is answered by where the end is, and then by what comes: the past is not wanted here.
    const after = Number.MAX_SAFE_INTEGER;
    if (wanted.length > 0) tabLine.say({ t: 'follow', channels: wanted.map((id) => ({ id, after })) });
    this.#tell();
    // What came while the page itself was on its way.
    if (channels.some(({ channelId, spaceId }) => spaceId === null && !isListed(channelId))) this.#onNew();
  }

  #hear(hearing: ChatHearing): void {
    if (hearing.t === 'ready') {
      this.#channels.clear();
      this.#begin().catch(() => undefined);
      return;
    }
    if (hearing.t === 'joined') {
      this.#begin().then(this.#onNew, () => undefined);
      return;
    }
    if (!('channelId' in hearing) || hearing.channelId === undefined) return;
    const at = this.#channels.get(hearing.channelId);
    if (at === undefined) return;
    if (hearing.t === 'gone') this.#channels.delete(hearing.channelId);
    else if (hearing.t === 'reset') this.#grow(at, hearing.nr);
    else if (hearing.t === 'read') this.#read(at, hearing.nr);
    else if (hearing.t === 'unread') this.#unread(at, hearing);
    else if (hearing.t === 'entries') this.#entries(at, hearing);
    else return;
    this.#tell();
  }

  #entries(at: Position, { entries, nr }: Extract<ChatHearing, { t: 'entries' }>): void {
    // A conversation stands in nobody's column before its first word.
    const first = at.lastNr === 0 && nr > 0;
    this.#grow(at, nr);
    // Whoever writes in a channel has read it up to there.
    const last = entries.findLast((one) => one.kind === 'message' && one.message.inChannel);
    if (last?.by.id === this.#personId) this.#read(at, nr);
    if (!first && !at.hidden) return;
    at.hidden = false;
    this.#onNew();
  }

  /** The channel has so many messages now. The first time, what was unread then says how far the person had read. */
  #grow(at: Position, lastNr: number): void {
    if (at.lastNr === null) at.readNr = Math.max(at.readNr, lastNr - at.unread);
    at.lastNr = Math.max(at.lastNr ?? 0, lastNr);
    at.unread = Math.max(0, at.lastNr - at.readNr);
  }

  #read(at: Position, nr: number): void {
    at.readNr = Math.max(at.readNr, nr);
    at.unread = at.lastNr === null ? 0 : Math.max(0, at.lastNr - at.readNr);
  }

  #unread(at: Position, { nr, unread }: Extract<ChatHearing, { t: 'unread' }>): void {
    at.readNr = nr;
    at.lastNr = nr + unread;
    at.unread = unread;
  }

  #tell(): void {
    tellUnread(
      new Map([...this.#channels].map(([id, { spaceId, unread }]) => [id, { spaceId, unread }] as const)),
    );
  }
}

/** Whether a conversation stands in the column that this page shows, if it shows one. */
function isListed(channelId: string): boolean {
  const column = document.querySelector('.p-list');
  return column === null || column.querySelector(`a[href="/chat/${channelId}"]`) !== null;
}
