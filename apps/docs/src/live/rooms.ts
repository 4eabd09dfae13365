import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { touch } from '@parvis/access/tree';
import { AccessChanges } from '@parvis/server/changes';
import { Database } from '@parvis/server/database';
import { UpdateLog } from '../log/log.ts';
import { Compactor } from '../snapshot/compactor.ts';
import { Committer } from './committer.ts';
import type { Peer } from './peer.ts';
import { Relay } from './relay.ts';
import { Room } from './room.ts';
import { commentsFrame } from './wire.ts';

/** Milliseconds between two looks at the log of everything open, for rows whose notice was lost. */
const sweepMs = 2_000;
/** Rows and bytes after which a snapshot is made; the tail of an open document stays below about twice that… */
const tailMax = { entries: 500, bytes: 64 * 1024 };
/**
 * …or, in a document that many write in, below what comes in so many milliseconds and below a part of its snapshot, as
 * each snapshot reads all of it; and this at most.
 */
const compactMsMin = 20_000;
const tailPartOfSnapshot = 0.25;
const tailMaxInHaste = { entries: 2_000, bytes: 512 * 1024 };
/** The same when the last person leaves: what is opened again in a moment costs little without a snapshot. */
const tailMaxAtClose = { entries: 20, bytes: 4 * 1024 };
/** Milliseconds before another try when a snapshot could not be made. */
const compactAgainMs = 60_000;
/** Milliseconds between two notes that a document was changed, for the lists of what is new. */
const touchMs = 10_000;

/** The documents that are open in this process. */
@Injectable()
export class Rooms implements OnModuleInit, OnModuleDestroy {
  readonly #rooms = new Map<number, Promise<Room | null>>();
  readonly #open = new Map<number, Room>();
  readonly #compacting = new Set<number>();
  readonly #touched = new Set<number>();
  readonly #log: UpdateLog;
  readonly #committer: Committer;
  readonly #relay: Relay;
  readonly #compactor: Compactor;
  readonly #database: Database;
  readonly #changes: AccessChanges;
  readonly #logger = new Logger('docs');
  #timers: NodeJS.Timeout[] = [];
  #sweeping = false;

  constructor(
    log: UpdateLog,
    committer: Committer,
    relay: Relay,
    compactor: Compactor,
    database: Database,
    changes: AccessChanges,
  ) {
    this.#log = log;
    this.#committer = committer;
    this.#relay = relay;
    this.#compactor = compactor;
    this.#database = database;
    this.#changes = changes;
  }

  async onModuleInit(): Promise<void> {
    await this.#relay.start({
      row: (id, seq) => this.#open.get(id)?.heard(seq),
      presence: (id, states) => this.#open.get(id)?.hearPresence(states),
      who: (id) => this.#tellWho(id),
      lost: () => void this.#sweep(),
    });
    this.#timers = [
      setInterval(() => void this.#sweep(), sweepMs).unref(),
      setInterval(() => void this.#touch(), touchMs).unref(),
    ];
  }

  /** Documents that are open, or opening, in this process. */
  get size(): number {
    return this.#rooms.size;
  }

  /** Everything that was taken is written before the process goes. */
  async onModuleDestroy(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await this.#committer.settled();
    await this.#touch();
    await this.#relay.stop();
    await this.#compactor.stop();
  }

  /** The room of a document, opened by the first who comes; null when it is gone. */
  open(documentId: number, uid: string): Promise<Room | null> {
    const held = this.#rooms.get(documentId);
    if (held) return held;
    const opening = this.#read(documentId, uid);
    this.#rooms.set(documentId, opening);
    opening.then(
      (room) => (room === null ? this.#rooms.delete(documentId) : this.#open.set(documentId, room)),
      () => this.#rooms.delete(documentId),
    );
    return opening;
  }

  async #read(documentId: number, uid: string): Promise<Room | null> {
    const stored = await this.#log.read(documentId);
    if (stored === null) return null;
    const room = new Room(stored, {
      documentId,
      uid,
      log: this.#log,
      committer: this.#committer,
      settled: () => this.#changes.settled().catch(() => undefined),
      onCommit: (one, seq) => this.#committed(one, seq),
      onPresence: (one, states) => this.#relay.tellPresence(one.documentId, states),
      onEnd: (one) => this.#forget(one),
      onError: (error) => this.#logger.error(String(error)),
    });
    this.#relay.askWho(documentId);
    if (room.tail.exceeds(tailMax)) this.#compact(room);
    return room;
  }

  #committed(room: Room, seq: number): void {
    this.#relay.tellRow(room.documentId, seq);
    this.#touched.add(room.documentId);
    if (this.#isDue(room)) this.#compact(room);
    this.#closeIfEmpty(room);
  }

  /** Each snapshot reads all of the document: one that grows fast is not read for every page that is added. */
  #isDue({ tail }: Room): boolean {
    if (!tail.exceeds(tailMax)) return false;
    return (
      tail.exceeds(tailMaxInHaste) ||
      (tail.part >= tailPartOfSnapshot && tail.msSinceSnapshot >= compactMsMin)
    );
  }

  #compact(room: Room): void {
    if (this.#compacting.has(room.documentId)) return;
    this.#compacting.add(room.documentId);
    const again = () => this.#compacting.delete(room.documentId);
    this.#compactor.compact(room.documentId).then(
      (made) => {
        if (made !== null) room.tail.shrink(Math.max(0, room.seq - made.seq), made.bytes);
        again();
        // The last person left while it was being made.
        if (made !== null && room.closed) this.#compactIfLeftLong(room);
      },
      (error: unknown) => {
        this.#logger.error(`a snapshot failed: ${String(error)}`);
        setTimeout(again, compactAgainMs).unref();
      },
    );
  }

  /** The log reaches this far by another hand than the committer's: rooms here and elsewhere look at it. */
  written(documentId: number, seq: number): void {
    this.#open.get(documentId)?.heard(seq);
    this.#relay.tellRow(documentId, seq);
  }

  /** Tells who has a document open that its comments changed up to `rev`; `null`, that notices were lost: everybody. */
  tellComments(uid: string | null, rev: number): void {
    const frame = commentsFrame(rev);
    for (const room of this.#open.values())
      if (uid === null || room.uid.toLowerCase() === uid)
        for (const peer of room.peers) peer.sendOurs(() => frame);
  }

  #tellWho(documentId: number): void {
    const room = this.#open.get(documentId);
    if (room) this.#relay.tellPresence(documentId, room.presence.all(true));
  }

  leave(room: Room, peer: Peer): void {
    room.leave(peer);
    this.#closeIfEmpty(room);
  }

  /** The last who leaves closes the room, once all that was written in it is on disk. */
  #closeIfEmpty(room: Room): void {
    if (room.peers.size > 0 || (!room.idle && !room.closed) || this.#open.get(room.documentId) !== room)
      return;
    room.closed = true;
    this.#forget(room);
    this.#compactIfLeftLong(room);
  }

  #compactIfLeftLong(room: Room): void {
    if (room.tail.exceeds(tailMaxAtClose)) this.#compact(room);
  }

  #forget(room: Room): void {
    if (this.#open.get(room.documentId) !== room) return;
    this.#open.delete(room.documentId);
    this.#rooms.delete(room.documentId);
  }

  async #sweep(): Promise<void> {
    if (this.#sweeping || this.#open.size === 0) return;
    this.#sweeping = true;
    try {
      const seqs = await this.#log.lastSeqs([...this.#open.keys()]);
      for (const room of this.#open.values()) {
        const seq = seqs.get(room.documentId);
        if (seq !== undefined) room.heard(seq);
      }
    } catch (error) {
      this.#logger.warn(String(error));
    } finally {
      this.#sweeping = false;
    }
  }

  async #touch(): Promise<void> {
    if (this.#touched.size === 0) return;
    const ids = [...this.#touched];
    this.#touched.clear();
    await touch(this.#database.db, ids).catch((error: unknown) => this.#logger.warn(String(error)));
  }
}
