import { Injectable } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import { grant } from '@parvis/access/grants';
import { checkAbility, load } from '@parvis/access/read';
import { scopeOf, shown, visibleTo } from '@parvis/access/scope';
import { createResource } from '@parvis/access/tree';
import type { Channel, createChannel, listUnread } from '@parvis/contract/chat';
import { pageSizeMax } from '@parvis/contract/limits';
import type { InputOf, OutputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';
import { ChannelReader } from './channel-reader.ts';
import { threadCounts } from '../thread/thread-counts.ts';
import { unreadMentions } from './channel-row.ts';
import { FirstChannels } from './first-channel.ts';
import { isJoined, isMuted, place } from './joined.ts';

/** Channels that one list of unread ones names at most. */
const channelsMax = 1_000;

@Injectable()
export class ChannelService {
  constructor(
    private readonly database: Database,
    private readonly firstChannels: FirstChannels,
    private readonly reader: ChannelReader,
  ) {}

  /**
   * Opens a channel in a space in which the person may edit. Whoever opens it manages it and is in it.
   * @throws AccessError 'not-found', 'not-allowed'
   */
  async create(caller: Caller, input: InputOf<typeof createChannel>): Promise<Channel> {
    const { spaceId, name, channelKind, topic } = input;
    const uid = await this.database.transaction(async (db) => {
      await checkAbility(db, caller, spaceId, 'edit', { kind: 'space' });
      const made = await createResource(db, {
        kind: 'channel',
        title: name,
        ownerId: caller.id,
        spaceUid: spaceId,
        private: channelKind === 'private',
      });
      await db.query(
        'insert into chat.channel (resource_id, uid, kind, topic, for_everyone) values ($1, $2, $3, $4, $5)',
        [made.id, made.uid, channelKind, topic, channelKind !== 'private' && input.forEveryone],
      );
      await db.query('insert into chat.membership (channel_id, person_id) values ($1, $2)', [
        made.id,
        caller.id,
      ]);
      // A private channel is a tree of its own and has its owner already.
      if (channelKind !== 'private')
        await grant(db, { resourceUid: made.uid, subjectId: caller.id, role: 'manager' }, caller.id);
      await audit(db, {
        actorId: caller.id,
        action: 'channel.created',
        resourceId: made.id,
        detail: { channelKind },
      });
      return made.uid;
    });
    return this.get(caller, uid);
  }

  /** @throws Refused `not-found` */
  get(caller: Caller, uid: string): Promise<Channel> {
    return this.reader.one(caller, uid);
  }

  /** Guests of a single channel see that one; a space of which a person sees nothing is not found. */
  async ofSpace(caller: Caller, spaceUid: string): Promise<{ channels: Channel[] }> {
    const space = await load(this.database.db, caller, spaceUid, { kind: 'space' });
    if (space) await this.firstChannels.ensure(space, caller.id);
    const ofSpace = 'r.space_id = (select id from access.resource where uid = $2)';
    const channels = await this.reader.visible(caller, ofSpace, spaceUid);
    if (!space && channels.length === 0) throw Refused.notFound();
    return { channels };
  }

  /** What is unread in the channels that stand in the person's column and are not muted. */
  async unread(caller: Caller): Promise<OutputOf<typeof listUnread>> {
    const scope = await scopeOf(this.database.db, caller);
    const visible = visibleTo(scope, 'r', 2);
    const channels = await this.database.db.query<OutputOf<typeof listUnread>['channels'][number]>(
      `select c.uid as "channelId", (select p.uid from access.resource p where p.id = r.space_id) as "spaceId",
          (c.last_nr - coalesce(s.read_nr, 0))::float8 as unread, ${unreadMentions} as mentions
         from chat.channel c join access.resource r on r.id = c.resource_id ${place}
           left join chat.member_state s on s.channel_id = c.resource_id and s.person_id = $1
        where ${visible.sql} and ${shown('r')} and ${isJoined} and not ${isMuted}
          and c.last_nr > coalesce(s.read_nr, 0)
        order by r.updated_at desc limit ${channelsMax}`,
      [caller.id, ...visible.params],
    );
    const joined = await this.database.db.query<OutputOf<typeof listUnread>['joined'][number]>(
      `select c.uid as "channelId", (select p.uid from access.resource p where p.id = r.space_id) as "spaceId",
          ${isMuted} as muted, coalesce(c.last_seq <= mine.hidden_at_seq, false) as hidden
         from chat.channel c join access.resource r on r.id = c.resource_id ${place}
        where ${visible.sql} and ${shown('r')} and ${isJoined} and c.archived_at is null
        order by r.updated_at desc limit ${pageSizeMax}`,
      [caller.id, ...visible.params],
    );
    const [threads = { unread: 0, mentions: 0 }] = await this.database.db.query<
      OutputOf<typeof listUnread>['threads']
    >(threadCounts(`${visible.sql} and ${shown('r')}`), [caller.id, ...visible.params]);
    return { channels, joined, threads };
  }
}
