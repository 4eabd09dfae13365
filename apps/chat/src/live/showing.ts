import { Injectable } from '@nestjs/common';
import { AccessChanges } from '@parvis/server/changes';
import { type Head, MessageLog } from '../message/message.log.ts';
import { stands } from './rights.ts';
import { type Line, lineOf, type Room } from './room.ts';
import type { Followed } from './session.ts';

/** Entries that a socket is given after a cut; who missed more fetches the newest page. */
const missedMax = 200;

/**
 * Shows what was committed. All that is shown goes through here: the entries are committed, every change of access up
 * to then has been heard, and only those whose right stands are given them. A socket whose right is in doubt is given
 * nothing until it was asked for again; then it gets what it missed.
 */
@Injectable()
export class Showing {
  #doubt: (personId: number) => void = () => {};

  constructor(
    private readonly log: MessageLog,
    private readonly changes: AccessChanges,
  ) {}

  /** `hear` asks again for the rights of a person, who was not shown something because they no longer stand. */
  onDoubt(hear: (personId: number) => void): void {
    this.#doubt = hear;
  }

  /** The channel is known to be committed up to `head`. */
  learn(room: Room, head: Head): void {
    room.learn(head);
    if (room.known > room.shown) void this.pump(room);
  }

  /** Gives those who are live what was committed since. One at a time per channel. */
  async pump(room: Room): Promise<void> {
    if (room.pumping) return;
    room.pumping = true;
    try {
      while (room.shown < room.known) {
        if (!room.hasLive()) {
          room.skip();
          break;
        }
        let lines = room.takeFresh();
        if (lines.length === 0) {
          if (room.known - room.shown > missedMax) {
            this.#resetAll(room);
            continue;
          }
          lines = (await this.log.after(room, room.shown, missedMax)).map(lineOf);
        }
        await this.changes.settled();
        if (lines.length === 0) this.#resetAll(room);
        else this.#show(room, lines);
      }
    } catch {
      // The database is away. The look that comes by itself goes on from what was shown.
    } finally {
      room.pumping = false;
    }
  }

  /** From here to the sockets nothing waits: no change of access can come between. */
  #show(room: Room, lines: readonly Line[]): void {
    const end = lines.at(-1) as Line;
    const last = end.seq;
    room.learn(end);
    const frames = room.encode(lines);
    for (const one of room.followers) {
      if (!one.live || one.sent >= last) continue;
      if (!stands(one.right)) {
        one.live = false;
        this.#doubt(one.session.caller.id);
        continue;
      }
      one.sent = last;
      for (const frame of frames) one.session.write(frame);
    }
    room.shown = last;
  }

  #resetAll(room: Room): void {
    for (const one of room.followers) {
      if (!one.live) continue;
      if (stands(one.right)) this.reset(one);
      else one.live = false;
    }
    room.skip();
  }

  /** Tells a socket to fetch: it gets what comes after what is known. */
  reset(one: Followed): void {
    one.sent = one.room.known;
    const { uid, known, nr } = one.room;
    one.session.say({ t: 'reset', channelId: uid, lastSeq: known, nr });
  }

  /** Gives one socket what it missed, until it has all that was shown; then it is live. */
  async fill(one: Followed): Promise<void> {
    if (one.filling || one.live || one.left) return;
    one.filling = true;
    const { room } = one;
    try {
      while (!one.left && one.session.open && stands(one.right)) {
        if (one.sent >= room.shown) {
          one.live = true;
          break;
        }
        const tooMany = room.known - one.sent > missedMax;
        const lines = tooMany ? [] : (await this.log.after(room, one.sent, missedMax)).map(lineOf);
        await this.changes.settled();
        if (one.left || !one.session.open || !stands(one.right)) break;
        const end = lines.at(-1);
        if (!end) this.reset(one);
        else {
          one.sent = end.seq;
          for (const frame of room.encode(lines)) one.session.write(frame);
          this.learn(room, end);
        }
      }
    } catch {
      // The database is away: the look that comes by itself tries again.
    } finally {
      one.filling = false;
    }
  }
}
