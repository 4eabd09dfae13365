import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { endsSince } from '@parvis/access/ends';
import type { AccessChange } from '@parvis/access/notify';
import { roles } from '@parvis/access/read';
import { abilities, type Role } from '@parvis/access/roles';
import { docsClose } from '@parvis/contract/docs';
import { AccessChanges } from '@parvis/server/changes';
import { Database } from '@parvis/server/database';
import { socketClose } from '@parvis/server/sockets';
import { Entering } from './entering.ts';
import type { Peer } from './peer.ts';
import type { Room } from './room.ts';
import { Rooms } from './rooms.ts';
import type { Session } from './session.ts';
import type { Right } from './wire.ts';

/** Milliseconds between two looks for rights that came to their end by the clock, of which nobody tells. */
const endsMs = 500;
/** Milliseconds until rights are asked for again that could not be had. */
const askAgainMs = 1_000;

/** Where one connection comes in. */
export interface Door {
  readonly peer: Peer;
  readonly uid: string;
  room: Room | null;
  /** Times that a change came which may concern it. While that is more than was looked into, its right is in doubt. */
  doubts: number;
}

const rightOf = (role: Role, writes: boolean): Right => (writes && abilities(role).edit ? 'write' : 'read');

/** Who may come into a document, and for how long, whichever way their connection is made. */
@Injectable()
export class Doors implements OnModuleInit, OnModuleDestroy {
  readonly #doors = new Set<Door>();
  readonly #database: Database;
  readonly #changes: AccessChanges;
  readonly #rooms: Rooms;
  readonly #entering: Entering;
  readonly #logger = new Logger('docs');
  #timer: NodeJS.Timeout | undefined;
  #looking = false;
  /** The database's clock at the last look. */
  #lookedAt: number | null = null;

  constructor(database: Database, changes: AccessChanges, rooms: Rooms) {
    this.#database = database;
    this.#changes = changes;
    this.#rooms = rooms;
    this.#entering = new Entering(database, changes);
  }

  onModuleInit(): void {
    this.#changes.on((change) => this.#changed(change));
    // What happens from then on is not heard until `all` is.
    this.#changes.onLost(() => {
      for (const door of this.#doors) doubt(door);
    });
    this.#timer = setInterval(() => void this.#lookForEnds(), endsMs).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.#timer);
  }

  /** A connection has come; {@link enter} decides whether it stays. */
  add(peer: Peer, uid: string): Door {
    const door: Door = { peer, uid, room: null, doubts: 0 };
    this.#doors.add(door);
    return door;
  }

  /** The connection is closed, whoever closed it. */
  leave(door: Door): void {
    if (!this.#doors.delete(door)) return;
    if (door.room) this.#rooms.leave(door.room, door.peer);
  }

  /** Lets a connection in, or ends it and says why. `epoch` is that of the client's copy, where it says one. */
  async enter(door: Door, session: Session, epoch: string | null): Promise<void> {
    const { peer, uid } = door;
    const { seen: found, heard, askedAt } = await this.#load(door);
    // While changes cannot be heard nothing is shown; the word that comes after the loss asks again.
    if (!heard) doubt(door);
    peer.askedAt = askedAt;
    if (found === null) return peer.end(socketClose.notFound, 'not-found');
    peer.right = rightOf(found.role, peer.writes);
    let room = await this.#opened(found.id, uid, epoch);
    // Asked again here: whoever waited for the same room and has gone may have closed it since. Who is let in to a
    // closed room hears of nothing that others write.
    while (room?.closed) room = await this.#opened(found.id, uid, epoch);
    if (room === null) return peer.end(socketClose.notFound, 'not-found');
    if (!peer.open) return this.#rooms.leave(room, peer);
    if (epoch !== null && epoch !== room.epoch) {
      peer.tell(room.epoch);
      peer.end(docsClose.wrongEpoch, 'wrong-epoch');
      return this.#rooms.leave(room, peer);
    }
    door.room = room;
    const entered = session.begin(room);
    if (!peer.writes) session.refuse('schema-too-old', 0);
    if (door.doubts > 0) await this.#resolve([door]);
    await entered;
  }

  /** The room of a document; the last person may have left it, or its text been replaced, meanwhile. */
  async #opened(documentId: number, uid: string, epoch: string | null): Promise<Room | null> {
    const room = await this.#rooms.open(documentId, uid);
    // Whose epoch is another one may be old, or may know already of what this process has yet to hear.
    if (room !== null && epoch !== null && epoch !== room.epoch) await room.catchUp();
    return room;
  }

  #load({ peer, uid }: Door) {
    return this.#entering.load({ actor: peer.caller, uid, link: peer.link });
  }

  // Rights that change

  async #changed(change: AccessChange): Promise<void> {
    const subjects = new Set(change.subjects ?? []);
    const resources = new Set(change.resources ?? []);
    const named: Door[] = [];
    for (const door of this.#doors) {
      if (change.all || subjects.has(door.peer.person) || resources.has(door.uid)) {
        doubt(door);
        if (door.room !== null) named.push(door);
      }
    }
    await this.#resolve(named);
  }

  /** Asks until the answer is there; until then those doors stay in doubt. */
  async #resolve(doors: readonly Door[]): Promise<void> {
    await this.#recheck(doors).catch((error: unknown) => {
      this.#logger.warn(String(error));
      const again = () => void this.#resolve(doors.filter((door) => this.#doors.has(door)));
      setTimeout(again, askAgainMs).unref();
    });
  }

  /** A right that ends is one of few: everybody's are asked for then, without doubting them meanwhile. */
  async #lookForEnds(): Promise<void> {
    if (this.#looking || this.#doors.size === 0) return;
    this.#looking = true;
    try {
      const { at, ended } = await endsSince(this.#database.db, this.#lookedAt);
      if (ended) await this.#recheck([...this.#doors].filter((door) => door.room !== null));
      this.#lookedAt = at;
    } catch (error) {
      this.#logger.warn(String(error));
    } finally {
      this.#looking = false;
    }
  }

  /** One question per person, however many documents they have open, and one for all who came by a link. */
  async #recheck(doors: readonly Door[]): Promise<void> {
    if (doors.length === 0) return;
    const byPerson = new Map<number, Door[]>();
    const byLink: Door[] = [];
    for (const door of doors) {
      const group = door.peer.link === undefined ? byPerson.get(door.peer.person) : byLink;
      if (group) group.push(door);
      else byPerson.set(door.peer.person, [door]);
    }
    // While changes cannot be heard no answer would last.
    await this.#changes.settled();
    await Promise.all([
      this.#recheckPersons([...byPerson.values()]),
      ...byLink.map(async (door) => {
        const asked = door.doubts;
        const { seen } = await this.#load(door);
        this.#answered(door, asked, seen?.role);
      }),
    ]);
  }

  async #recheckPersons(groups: readonly (readonly Door[])[]): Promise<void> {
    for (const group of groups) {
      const [first] = group as [Door, ...Door[]];
      const uids = [...new Set(group.map(({ uid }) => uid))];
      const asked = new Map(group.map((door) => [door, door.doubts]));
      const held = await roles(this.#database.db, first.peer.caller, uids);
      for (const door of group) this.#answered(door, asked.get(door), held.get(door.uid));
    }
  }

  /** `asked`: the doubts at the question. A change that came meanwhile asks by itself, and knows better. */
  #answered(door: Door, asked: number | undefined, role: Role | undefined): void {
    if (asked !== door.doubts) return;
    this.#apply(door, role ?? null);
    door.peer.release();
  }

  #apply({ peer, room }: Door, role: Role | null): void {
    if (role === null) return peer.end(socketClose.notAllowed, 'not-allowed');
    const right = rightOf(role, peer.writes);
    if (right === peer.right) return;
    peer.right = right;
    if (room === null) return;
    peer.tell(room.epoch);
    // What the person wrote while they might only read was refused: it may be sent now.
    if (right === 'write') room.ask(peer);
  }
}

/** From here on nothing is shown to the person until the answer to a question asked later is there. */
function doubt(door: Door): void {
  door.doubts += 1;
  door.peer.hold();
}
