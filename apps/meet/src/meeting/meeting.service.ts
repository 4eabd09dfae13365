import { Injectable } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import { load, type Seen } from '@parvis/access/read';
import { scopeOf, shown, visibleTo } from '@parvis/access/scope';
import { roles } from '@parvis/access/read';
import { createResource, resourceColumns, type ResourceRow } from '@parvis/access/tree';
import { pageSizeMax } from '@parvis/contract/limits';
import type {
  changeMeeting,
  createMeeting,
  Meeting,
  setMeetingChat,
  setMeetingBoard,
  setMeetingNotes,
  Stay,
} from '@parvis/contract/meet';
import type { InputOf } from '@parvis/contract/operation';
import { done } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';
import { Changed } from './changed.ts';
import { tellChat } from '../room/chat-rule.ts';
import { Ending } from './ending.ts';
import { Meetings } from './meetings.ts';
import { placeOf } from './place.ts';
import { staysOf } from './stays.ts';

/** What stands beside a meeting, and where the meeting remembers it. */
type Beside =
  | { kind: 'document'; uid: string; column: 'notes_id' | 'board_id' }
  | { kind: 'channel'; uid: string; column: 'channel_id' };

/** Meetings: a resource in the tree, and a room of LiveKit while people are in it. */
@Injectable()
export class MeetingService {
  constructor(
    private readonly database: Database,
    private readonly meetings: Meetings,
    private readonly changed: Changed,
    private readonly ending: Ending,
  ) {}

  /** @throws Refused `not-found`, `not-allowed` (needs to edit in the space, or to write in the channel) */
  async create(caller: Caller, input: InputOf<typeof createMeeting>): Promise<Meeting> {
    const { title, access, encrypted, channelId, documentId } = input;
    const uid = await this.database.transaction(async (db) => {
      const place = await placeOf(db, caller, input);
      const made = await createResource(db, {
        kind: 'meeting',
        title,
        ownerId: caller.id,
        ...(place === null ? {} : { parentUid: place.uid }),
      });
      await db.query(
        `insert into meet.meeting (resource_id, uid, access, encrypted, channel_id, notes_id)
         values ($1, $2, $3, $4, $5, $6)`,
        [made.id, made.uid, access, encrypted, channelId ?? null, documentId ?? null],
      );
      await audit(db, {
        actorId: caller.id,
        action: 'meeting.created',
        resourceId: made.id,
        detail: { access, encrypted },
      });
      return made.uid;
    });
    return this.one(caller, uid);
  }

  /** Those that lie in the space, in its channels or in its folders, as far as the person sees them. */
  async ofSpace(caller: Caller, spaceUid: string): Promise<{ meetings: Meeting[] }> {
    const { db } = this.database;
    const space = await load(db, caller, spaceUid, { kind: 'space' });
    if (space === null) throw Refused.notFound();
    const visible = visibleTo(await scopeOf(db, caller), 'r', 2);
    const rows = await db.query<ResourceRow>(
      `select ${resourceColumns('r')} from access.resource r
        where r.space_id = $1 and r.kind = 'meeting' and ${visible.sql} and ${shown('r')}
        order by r.updated_at desc limit ${pageSizeMax}`,
      [space.id, ...visible.params],
    );
    const mine = await roles(
      db,
      caller,
      rows.map(({ uid }) => uid),
    );
    const found = rows.flatMap((row): Seen[] => {
      const role = mine.get(row.uid);
      return role === undefined ? [] : [{ ...row, role }];
    });
    const meetings = await this.meetings.present(caller, found);
    const open = (one: Meeting) => (one.present.length > 0 ? 0 : one.endedAt === null ? 1 : 2);
    meetings.sort((a, b) => open(a) - open(b) || b.updatedAt.localeCompare(a.updatedAt));
    return { meetings };
  }

  /** @throws Refused `not-found` */
  async one(caller: Caller, id: string): Promise<Meeting> {
    const { seen } = await this.meetings.seen(caller, id);
    const [meeting] = await this.meetings.present(caller, [seen]);
    if (meeting === undefined) throw Refused.notFound();
    return meeting;
  }

  /** @throws Refused `not-found`, `not-allowed` */
  async change(caller: Caller, { id, access }: InputOf<typeof changeMeeting>): Promise<Meeting> {
    await this.database.transaction(async (db) => {
      const { seen } = await this.meetings.organised(caller, id, db);
      await db.query('update meet.meeting set access = $2 where resource_id = $1', [seen.id, access]);
      await audit(db, {
        actorId: caller.id,
        action: 'meeting.access-changed',
        resourceId: seen.id,
        detail: { access },
      });
      await this.changed.say(db, id);
    });
    return this.one(caller, id);
  }

  /**
   * Two who open the notes at once agree on one document: the first.
   * @throws Refused `not-found` (the meeting, or the document, which the person must see), `not-allowed`
   */
  async setNotes(caller: Caller, { id, documentId }: InputOf<typeof setMeetingNotes>): Promise<Meeting> {
    await this.#setBeside(caller, id, { kind: 'document', uid: documentId, column: 'notes_id' });
    return this.one(caller, id);
  }

  /**
   * Two who open the board at once agree on one: the first.
   * @throws Refused `not-found` (the meeting, or the board, which the person must see), `not-allowed`
   */
  async setBoard(caller: Caller, { id, documentId }: InputOf<typeof setMeetingBoard>): Promise<Meeting> {
    await this.#setBeside(caller, id, { kind: 'document', uid: documentId, column: 'board_id' });
    return this.one(caller, id);
  }

  /**
   * Two who open the chat at once agree on one channel: the first.
   * @throws Refused `not-found` (the meeting, or the channel, which the person must see), `not-allowed`
   */
  async setChat(caller: Caller, { id, channelId }: InputOf<typeof setMeetingChat>): Promise<Meeting> {
    await this.#setBeside(caller, id, { kind: 'channel', uid: channelId, column: 'channel_id' });
    return this.one(caller, id);
  }

  async #setBeside(caller: Caller, id: string, what: Beside): Promise<void> {
    await this.database.transaction(async (db) => {
      const { seen, role } = await this.meetings.seen(caller, id, db);
      if (role === 'listener') throw Refused.notAllowed();
      const thing = await load(db, caller, what.uid, { kind: what.kind });
      if (thing === null) throw Refused.notFound();
      await db.query(
        `update meet.meeting set ${what.column} = coalesce(${what.column}, $2) where resource_id = $1`,
        [seen.id, thing.uid],
      );
      await tellChat(db, seen.id);
      await this.changed.say(db, id);
    });
  }

  /** @throws Refused `not-found`, `not-allowed` */
  async end(caller: Caller, id: string) {
    const rooms = await this.database.transaction(async (db) => {
      const { row } = await this.meetings.organised(caller, id, db);
      return this.ending.note(db, row, caller.id, new Date());
    });
    await this.ending.closeRooms(rooms);
    return done;
  }

  /** @throws Refused `not-found` */
  async stays(caller: Caller, id: string): Promise<{ stays: Stay[] }> {
    const { seen } = await this.meetings.seen(caller, id);
    return { stays: await staysOf(this.database.db, seen.id) };
  }
}
