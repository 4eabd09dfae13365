import { call } from '@parvis/contract/call';
import { type ChatHearing, listUnread } from '@parvis/contract/chat';
import { listRecent } from '@parvis/contract/directory';
import { pageSizeMax } from '@parvis/contract/limits';
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
}

/**
 * Follows the newest channels of this person (a page of them) for the dots of the rail and the counts of the column,
 * as long as the tab is open. Counts by itself from what it hears; the server is asked once per connection.
 */
export class UnreadFollower {
  readonly #personId: string;
  readonly #channels = new Map<string, Position>();
  #patience: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;
  #leave: () => void = () => undefined;
  #stopSending: () => void = () => undefined;

  constructor(personId: string) {
    this.#personId = personId;
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

  /** Asks what there is, then follows all of it from its end. */
  async #begin(): Promise<void> {
    const [{ resources }, unread] = await Promise.all([
      call(listRecent, { kind: 'channel', limit: pageSizeMax }),
      call(listUnread, {}),
    ]);
    if (this.#stopped) return;
    const counts = new Map(unread.channels.map((one) => [one.channelId, one]));
    this.#channels.clear();
    for (const { id, spaceId } of resources)
      this.#channels.set(id, { spaceId, lastNr: null, readNr: 0, unread: counts.get(id)?.unread ?? 0 });
    for (const { channelId, spaceId, unread: count } of unread.channels)
      if (!this.#channels.has(channelId))
        this.#channels.set(channelId, { spaceId, lastNr: null, readNr: 0, unread: count });
    const wanted = [...this.#channels.keys()].filter((id) => !tabLine.isShown(id));
    // A position beyond the end is answered by where the end is, and then by what comes: the past is not wanted here.
    const after = Number.MAX_SAFE_INTEGER;
    tabLine.say({ t: 'follow', channels: wanted.map((id) => ({ id, after })) });
    this.#tell();
  }

  #hear(hearing: ChatHearing): void {
    if (hearing.t === 'ready') {
      this.#begin().catch(() => undefined);
      return;
    }
    if (!('channelId' in hearing) || hearing.channelId === undefined) return;
    const at = this.#channels.get(hearing.channelId);
    if (at === undefined) return;
    if (hearing.t === 'gone') this.#channels.delete(hearing.channelId);
    else if (hearing.t === 'reset') this.#grow(at, hearing.nr);
    else if (hearing.t === 'read') this.#read(at, hearing.nr);
    else if (hearing.t === 'entries') {
      this.#grow(at, hearing.nr);
      // Whoever writes in a channel has read it up to there.
      const last = hearing.entries.findLast((one) => one.kind === 'message' && one.message.inChannel);
      if (last?.by.id === this.#personId) this.#read(at, hearing.nr);
    } else return;
    this.#tell();
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

  #tell(): void {
    tellUnread(
      new Map([...this.#channels].map(([id, { spaceId, unread }]) => [id, { spaceId, unread }] as const)),
    );
  }
}
