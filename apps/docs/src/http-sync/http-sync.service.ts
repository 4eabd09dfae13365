import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { AccessChange } from '@parvis/access/notify';
import { type SyncQuery, syncWaitMsMax } from '@parvis/contract/doc-sync';
import { docsClose } from '@parvis/contract/docs';
import { schemaVersion } from '@parvis/document/version';
import type { Caller } from '@parvis/server/caller';
import { AccessChanges } from '@parvis/server/changes';
import { Metrics } from '@parvis/server/metrics';
import { Refused } from '@parvis/server/refused';
import { socketClose } from '@parvis/server/sockets';
import { type Door, Doors } from '../live/doors.ts';
import { Peer } from '../live/peer.ts';
import { Session } from '../live/session.ts';
import { updateFrame } from '../live/wire.ts';
import { decodeEntry } from '../log/entry.ts';
import { UpdateLog } from '../log/log.ts';
import { Tunnel } from './tunnel.ts';

/** Documents that one person may have open by requests, in all windows. */
export const connectionsMax = 24;
/** Milliseconds after the last request of a client that it counts as present; its requests follow one another. */
const lingerMs = 30_000;
const sweepMs = 1_000;

export interface Asking {
  readonly uid: string;
  readonly query: SyncQuery;
  readonly messages: readonly Buffer[];
  /** Aborted when the client is gone. */
  readonly stop: AbortSignal;
}

interface Connection {
  readonly key: string;
  readonly tunnel: Tunnel;
  readonly door: Door;
  readonly session: Session;
  /** Resolves once it is decided whether the person comes in. */
  readonly entered: Promise<void>;
}

/** Documents by plain requests. A connection is kept between them where they arrive, and made anew where they do not. */
@Injectable()
export class HttpSync implements OnModuleInit, OnModuleDestroy {
  readonly #connections = new Map<string, Connection>();
  readonly #doors: Doors;
  readonly #log: UpdateLog;
  readonly #changes: AccessChanges;
  readonly #metrics: Metrics;
  readonly #logger = new Logger('docs');
  #timer: NodeJS.Timeout | undefined;

  constructor(doors: Doors, log: UpdateLog, changes: AccessChanges, metrics: Metrics) {
    this.#doors = doors;
    this.#log = log;
    this.#changes = changes;
    this.#metrics = metrics;
  }

  onModuleInit(): void {
    this.#changes.on((change) => this.#changed(change));
    this.#timer = setInterval(() => this.#sweep(), sweepMs).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.#timer);
    for (const one of this.#connections.values()) one.tunnel.close(socketClose.goingAway, 'going-away');
  }

  /** Connections of which a request is here in this moment. */
  get busy(): number {
    return [...this.#connections.values()].filter(({ tunnel }) => tunnel.busy).length;
  }

  /**
   * Takes what a client says and answers with what there is for it: whole frames, and the position in the log.
   * @throws Refused `not-found` for strangers, `not-allowed`, `wrong-epoch`, `unavailable`, `too-many-requests`
   */
  async exchange(caller: Caller, asking: Asking): Promise<{ frames: Buffer; cursor: number }> {
    const one = this.#connectionOf(caller, asking);
    const { tunnel, door } = one;
    tunnel.enter();
    try {
      await one.entered;
      const before = await this.#before(one, asking.query.after);
      const answers = tunnel.receive(asking.messages, one.session);
      const msMax = Math.min(syncWaitMsMax, caller.expiresAt.getTime() - Date.now());
      await tunnel.until(answers, asking.query.wait === '1', door.peer, msMax, asking.stop);
      // Nobody is there to hear it: it is kept for nobody either, for the client begins anew.
      if (asking.stop.aborted) tunnel.close(socketClose.goingAway, 'going-away');
      if (tunnel.ended !== null) throw refusalOf(tunnel.ended);
      const taken = tunnel.take(door);
      if (taken === null) return { frames: Buffer.alloc(0), cursor: asking.query.after ?? 0 };
      return { frames: Buffer.concat([before, taken.frames]), cursor: taken.cursor };
    } finally {
      tunnel.leave();
      if (tunnel.ended !== null) this.#forget(one);
    }
  }

  #connectionOf(caller: Caller, { uid, query }: Asking): Connection {
    const key = `${caller.id}/${uid}/${query.client}`;
    const known = this.#connections.get(key);
    if (known !== undefined && known.tunnel.ended === null) return known;
    this.#makeRoom(caller);
    const tunnel = new Tunnel();
    const peer = new Peer(tunnel, {
      caller,
      link: query.link,
      ours: true,
      writes: query.schema === undefined || query.schema >= schemaVersion,
    });
    const session = new Session(peer, this.#metrics, (error) => this.#broken(peer, error));
    const door = this.#doors.add(peer, uid);
    const entered = this.#doors.enter(door, session, query.epoch ?? null).then(
      () => {
        if (door.room !== null) tunnel.begin(door.room.seq);
      },
      (error: unknown) => this.#broken(peer, error),
    );
    const made: Connection = { key, tunnel, door, session, entered };
    this.#connections.set(key, made);
    return made;
  }

  /** The person's connection that was silent longest makes room; one that waits right now does not. */
  #makeRoom(caller: Caller): void {
    const mine = [...this.#connections.values()].filter(({ door }) => door.peer.person === caller.id);
    if (mine.length < connectionsMax) return;
    const [longest] = mine.toSorted((a, b) => b.tunnel.idleMs - a.tunnel.idleMs);
    if (longest === undefined || longest.tunnel.idleMs === 0) throw new Refused(429, 'too-many-requests');
    this.#forget(longest);
  }

  /** Rows that the client has not been told, and that went past before it came to this process. */
  async #before({ tunnel, door }: Connection, after: number | undefined): Promise<Buffer> {
    const { room } = door;
    if (room === null || after === undefined || !tunnel.lacks(after)) return Buffer.alloc(0);
    const rows = await this.#log.readAfter(room.documentId, room.epoch, after);
    if (rows === null) return Buffer.alloc(0);
    return Buffer.concat(
      rows.flatMap(({ payload }) => decodeEntry(payload).map(({ update }) => updateFrame(update))),
    );
  }

  #broken(peer: Peer, error: unknown): void {
    this.#logger.error(error instanceof Error ? error.stack : String(error));
    peer.end(docsClose.unavailable, 'unavailable');
  }

  #forget(one: Connection): void {
    if (this.#connections.get(one.key) === one) this.#connections.delete(one.key);
    one.tunnel.close(socketClose.goingAway, 'going-away');
    this.#doors.leave(one.door);
  }

  /** Who waits comes back at once and is asked again who they are; an ended session ends its connections. */
  #changed(change: AccessChange): void {
    const sessions = new Set(change.sessions ?? []);
    const subjects = new Set(change.subjects ?? []);
    for (const one of this.#connections.values()) {
      const { caller } = one.door.peer;
      if (caller.session !== null && sessions.has(caller.session)) {
        one.tunnel.close(socketClose.noSession, 'no-session');
      } else if (change.all === true || subjects.has(caller.id)) one.tunnel.callBack();
    }
  }

  #sweep(): void {
    for (const one of this.#connections.values()) {
      if (one.tunnel.idleMs > lingerMs || (one.tunnel.ended !== null && one.tunnel.idleMs > 0))
        this.#forget(one);
    }
  }
}

function refusalOf({ code, reason }: { code: number; reason: string }): Refused {
  if (code === socketClose.notFound) return Refused.notFound();
  if (code === socketClose.notAllowed) return Refused.notAllowed(reason);
  if (code === socketClose.noSession) return Refused.noSession();
  if (code === docsClose.wrongEpoch) return Refused.conflict('wrong-epoch');
  if (code === docsClose.tooLarge) return new Refused(413, 'update-too-large');
  if (code === socketClose.badFrame) return Refused.badInput([], reason);
  return Refused.unavailable();
}
