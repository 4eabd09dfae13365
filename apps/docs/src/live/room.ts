import { docsClose } from '@parvis/contract/docs';
import { socketClose } from '@parvis/server/sockets';
import { advance, type Clocks, decodeClocks, encodeClocks } from '../log/clocks.ts';
import { decodeEntry } from '../log/entry.ts';
import type { LogEntry, Stored, UpdateLog } from '../log/log.ts';
import { readUpdateHeader, standingOf, type UpdateHeader } from '../log/update-header.ts';
import { Authors } from './authors.ts';
import type { Committer, Committing, Entry } from './committer.ts';
import { Join, type Joined, joinMsMax, type Reading } from './join.ts';
import type { Peer } from './peer.ts';
import { PresenceBook, type PresenceState, writePresence } from './presence.ts';
import { PresenceWindow } from './presence-window.ts';
import { Tail } from './tail.ts';
import { ackFrame, emptyUpdate, presenceFrame, step1Frame, step2Frame, updateFrame } from './wire.ts';
import { Delivery } from './delivery.ts';

/** What a room needs of the house around it. */
export interface RoomOptions {
  readonly documentId: number;
  readonly uid: string;
  readonly log: UpdateLog;
  readonly committer: Committer;
  /** Every change of access committed so far has been heard, or everybody is in doubt. */
  readonly settled: () => Promise<void>;
  /** A row was committed here: other processes, compaction and lists want to know. */
  readonly onCommit: (room: Room, seq: number) => void;
  /** Presence to tell to other processes. */
  readonly onPresence: (room: Room, states: readonly PresenceState[]) => void;
  /** The room is ended: whoever comes next opens it anew. */
  readonly onEnd: (room: Room) => void;
  readonly onError: (error: unknown) => void;
}

/** One open document: who is connected, what is known of its log. It holds no text. */
export class Room implements Committing {
  readonly documentId: number;
  readonly uid: string;
  readonly peers = new Set<Peer>();
  readonly presence = new PresenceBook();
  readonly #options: RoomOptions;
  readonly epoch: string;
  readonly past: ReadonlySet<number>;
  /** All rows up to this one were sent to everybody here. */
  #seq: number;
  /** Rows after it that were sent already: our own commits, while another process' rows are being read. */
  readonly #ahead = new Set<number>();
  readonly #clocks: Clocks;
  readonly #authors = new Authors();
  #catchingUp: Promise<void> | null = null;
  #readAgain = false;
  /** The highest row that another process told of. */
  #wanted = 0;
  #join: Reading | null = null;
  /** Entries handed to the committer and not yet on disk. */
  #underWay = 0;
  readonly #presenceNews = new PresenceWindow((states) => {
    const frames = presenceFrame(writePresence(states));
    for (const peer of this.peers) peer.send(frames);
  });
  closed = false;
  readonly tail: Tail;

  constructor(stored: Stored, options: RoomOptions) {
    this.#options = options;
    this.documentId = options.documentId;
    this.uid = options.uid;
    this.epoch = stored.epoch;
    this.past = new Set(stored.past);
    this.#seq = stored.seq;
    this.#clocks = stored.snapshot ? decodeClocks(stored.snapshot.clocks) : new Map();
    this.tail = new Tail(stored.snapshot?.bytes.length ?? 0);
    for (const entry of stored.tail) {
      this.#learn(entry);
      this.tail.grow(entry.payload.length);
    }
    this.#keepJoin(Promise.resolve(new Join(stored)));
  }

  get seq(): number {
    return this.#seq;
  }
  get idle(): boolean {
    return this.#underWay === 0;
  }

  #learn(entry: LogEntry): void {
    for (const { person, update, typed } of decodeEntry(entry.payload)) {
      const header = readUpdateHeader(update);
      if (typed) this.#authors.learn(person, header);
      advance(this.#clocks, header);
    }
  }

  // Joining

  admit(peer: Peer): void {
    this.peers.add(peer);
    peer.tell(this.epoch);
    const present = this.presence.all();
    if (present.length > 0) peer.send(presenceFrame(writePresence(present)));
  }

  leave(peer: Peer): void {
    if (!this.peers.delete(peer)) return;
    this.#tellPresence(this.presence.leave(peer), true);
  }

  /** The document as it is on disk, read once for all who ask at about the same time. */
  async joined(): Promise<Joined> {
    const held = this.#join;
    if (held) {
      const join = await held.read;
      if (join.fresh) return { join, since: held.since };
      if (this.#join === held) this.#join = null;
    }
    const { read, since } = this.#join ?? this.#readAnew();
    return { join: await read, since };
  }

  #readAnew(): Reading {
    const read = this.#options.log.read(this.documentId).then((stored) => {
      if (stored?.epoch !== this.epoch) {
        this.failed([], stored === null ? 'gone' : 'replaced');
        throw new Error('the document is gone, or its text was replaced');
      }
      return new Join(stored);
    });
    return this.#keepJoin(read);
  }

  #keepJoin(read: Promise<Join>): Reading {
    const kept: Reading = { read, since: [] };
    this.#join = kept;
    const drop = () => {
      if (this.#join === kept) this.#join = null;
    };
    read.then(() => setTimeout(drop, joinMsMax).unref(), drop);
    return kept;
  }

  /** Answers a sync step 1: all of the document, then the same question back unless the client is empty. */
  async answer(peer: Peer, theirs: Clocks): Promise<void> {
    const { join, since } = await this.joined();
    // A removal before what was committed by then would have been seen when the peer's right was asked for.
    if (since.length > 0 || join.madeAt >= peer.askedAt) await this.#options.settled();
    // What was written after the reading was let go, the peer has heard itself: it was admitted before it asked.
    const frames = since.filter(({ seq }) => seq > join.seq).map((one) => one.frames);
    // The same memory for everybody: a copy for each of a storm of joiners would cost more than all the rest.
    if (frames.length === 0) peer.answer(join.frames());
    else peer.answer(join.updates(), Buffer.concat([...frames, step2Frame(emptyUpdate)]));
    if (theirs.size > 0 && peer.right === 'write') this.ask(peer);
  }

  ask(peer: Peer): void {
    peer.send(step1Frame(encodeClocks(this.#clocks)));
  }

  // Writing

  /** How an update stands to what is known; what another process wrote is looked up before calling it a gap. */
  async standing(header: UpdateHeader): Promise<'new' | 'known' | 'gap'> {
    const standing = standingOf(header, this.#clocks);
    if (standing !== 'gap') return standing;
    await this.catchUp();
    return standingOf(header, this.#clocks);
  }

  quickStanding(header: UpdateHeader): 'new' | 'known' | 'gap' {
    return standingOf(header, this.#clocks);
  }

  /** Whether what it adds is the peer's to add: nobody writes in the name of another's client. */
  mayAdd(peer: Peer, header: UpdateHeader): boolean {
    const may =
      this.#authors.allow(peer.person, header, this.#clocks) &&
      header.added.every(({ client }) => this.presence.mayUse(peer, client));
    if (may) this.#authors.learn(peer.person, header);
    return may;
  }

  /** Takes a checked update, which its sender typed or answered with; the sender hears of it when it is on disk. */
  take(peer: Peer, update: Uint8Array | null, header: UpdateHeader | null, typed = false): void {
    if (update === null && this.#underWay === 0) return peer.sendOurs(() => ackFrame(1));
    if (!this.#options.committer.add(this, { sender: peer, update, typed })) {
      return peer.end(docsClose.unavailable, 'unavailable');
    }
    this.#underWay += 1;
    if (header) advance(this.#clocks, header);
  }

  committed(entries: readonly Entry[], seq: number | null): void {
    this.#underWay -= entries.length;
    const delivery = new Delivery(entries);
    for (const peer of this.peers) delivery.to(peer);
    const { everything } = delivery;
    if (seq === null) return;
    this.tail.grow(everything.length);
    this.#sent(seq, everything);
    this.#options.onCommit(this, seq);
  }

  failed(_entries: readonly Entry[], why: 'gone' | 'replaced' | 'unavailable'): void {
    if (why === 'gone') this.end(socketClose.notFound, 'not-found');
    else if (why === 'replaced') this.end(docsClose.wrongEpoch, 'wrong-epoch');
    else this.end(docsClose.unavailable, 'unavailable');
  }

  #sent(seq: number, frames: Buffer): void {
    this.#join?.since.push({ seq, frames });
    if (seq <= this.#seq) return;
    if (seq === this.#seq + 1 && this.#ahead.size === 0) {
      this.#seq = seq;
      return;
    }
    this.#ahead.add(seq);
    this.#absorb();
    if (this.#ahead.size > 0) this.catchUp().catch(this.#options.onError);
  }

  #absorb(): void {
    while (this.#ahead.delete(this.#seq + 1)) this.#seq += 1;
  }

  /** Another process says that the log reaches this far. */
  heard(seq: number): void {
    // Our own last row may stand ahead of one that another process wrote and we have not read.
    if (seq <= this.#seq) return;
    this.#wanted = Math.max(this.#wanted, seq);
    this.catchUp().catch(this.#options.onError);
  }

  /** Reads and sends the rows that others wrote. */
  catchUp(): Promise<void> {
    // A reading under way may have begun before the row that is asked for was there.
    this.#readAgain = true;
    this.#catchingUp ??= this.#readOn().finally(() => {
      this.#catchingUp = null;
    });
    return this.#catchingUp;
  }

  async #readOn(): Promise<void> {
    let before: number;
    do {
      before = this.#seq;
      this.#readAgain = false;
      await this.#readOnce();
      // Told of more while reading: once again, unless there is nothing (yet) to be found.
    } while (this.#readAgain || (this.#seq > before && (this.#wanted > this.#seq || this.#ahead.size > 0)));
  }

  async #readOnce(): Promise<void> {
    const entries = await this.#options.log.readAfter(this.documentId, this.epoch, this.#seq);
    if (entries === null) return this.failed([], 'replaced');
    if (entries.length > 0) await this.#options.settled();
    for (const entry of entries) {
      if (entry.seq <= this.#seq || this.#ahead.has(entry.seq)) continue;
      this.#learn(entry);
      this.tail.grow(entry.payload.length);
      const frames = Buffer.concat(decodeEntry(entry.payload).map(({ update }) => updateFrame(update)));
      for (const peer of this.peers) peer.send(frames);
      this.#join?.since.push({ seq: entry.seq, frames });
      this.#ahead.add(entry.seq);
    }
    this.#absorb();
  }

  // Presence

  /** Passes checked states on, those of a window in one frame. */
  #tellPresence(states: readonly PresenceState[], elsewhere: boolean): void {
    if (states.length === 0) return;
    if (elsewhere) this.#options.onPresence(this, states);
    this.#presenceNews.add(states);
  }

  /** False when it must be refused. */
  takePresence(peer: Peer, states: readonly PresenceState[]): boolean {
    const taken = this.presence.take(peer, peer.presenceId, states);
    if (taken === null) return false;
    peer.presenceId = taken.id;
    this.#tellPresence(taken.news, true);
    return true;
  }

  hearPresence(states: readonly PresenceState[]): void {
    this.#tellPresence(this.presence.takeRemote(states), false);
  }

  /** Closes every connection, for a reason that concerns the document. */
  end(code: number, reason: string): void {
    this.closed = true;
    this.#options.onEnd(this);
    for (const peer of this.peers) peer.end(code, reason);
  }
}
