import { Injectable } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import { checkAbility, load, roles } from '@parvis/access/read';
import { scopeOf, shown, visibleTo } from '@parvis/access/scope';
import { createResource, type ResourceRow, resourceColumns } from '@parvis/access/tree';
import type { Channel, createChannel } from '@parvis/contract/chat';
import type { InputOf } from '@parvis/contract/operation';
import type { Resource } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { presentResources } from '@parvis/server/present';
import { Refused } from '@parvis/server/refused';
import type { ChannelKind } from '../live/rights.ts';
import { FirstChannels } from './first-channel.ts';

interface ChannelState {
  readonly channelKind: ChannelKind;
  readonly lastSeq: number;
  readonly readSeq: number;
}
type ChannelRow = ResourceRow & ChannelState;

/** A channel as row, for the person whose subject id is the first parameter. */
const columns = `${resourceColumns('r')}, c.kind as "channelKind", c.last_seq::float8 as "lastSeq",
  least(coalesce(s.read_seq, 0), c.last_seq)::float8 as "readSeq"`;
const tables = `chat.channel c join access.resource r on r.id = c.resource_id
  left join chat.member_state s on s.channel_id = c.resource_id and s.person_id = $1`;

/** Channels that one list names at most. */
const channelsMax = 1_000;

@Injectable()
export class ChannelService {
  constructor(
    private readonly database: Database,
    private readonly firstChannels: FirstChannels,
  ) {}

  /** Opens a channel in a space in which the person may edit. @throws AccessError 'not-found', 'not-allowed' */
  async create(
    caller: Caller,
    { spaceId, name, channelKind }: InputOf<typeof createChannel>,
  ): Promise<Channel> {
    const uid = await this.database.transaction(async (db) => {
      await checkAbility(db, caller, spaceId, 'edit', { kind: 'space' });
      const made = await createResource(db, {
        kind: 'channel',
        title: name,
        ownerId: caller.id,
        spaceUid: spaceId,
        private: channelKind === 'private',
      });
      await db.query('insert into chat.channel (resource_id, uid, kind) values ($1, $2, $3)', [
        made.id,
        made.uid,
        channelKind,
      ]);
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

  async get(caller: Caller, uid: string): Promise<Channel> {
    const [channel] = await this.#visible(caller, 'c.uid = $2', uid);
    if (!channel) throw Refused.notFound();
    return channel;
  }

  /** Guests of a single channel see that one; a space of which a person sees nothing is not found. */
  async ofSpace(caller: Caller, spaceUid: string): Promise<{ channels: Channel[] }> {
    const space = await load(this.database.db, caller, spaceUid, { kind: 'space' });
    if (space) await this.firstChannels.ensure(space, caller.id);
    const ofSpace = 'r.space_id = (select id from access.resource where uid = $2)';
    const channels = await this.#visible(caller, ofSpace, spaceUid);
    if (!space && channels.length === 0) throw Refused.notFound();
    return { channels };
  }

  async unread(
    caller: Caller,
  ): Promise<{ channels: { channelId: string; spaceId: string | null; unread: number }[] }> {
    const scope = await scopeOf(this.database.db, caller);
    const visible = visibleTo(scope, 'r', 2);
    const channels = await this.database.db.query<{
      channelId: string;
      spaceId: string | null;
      unread: number;
    }>(
      `select c.uid as "channelId", (select p.uid from access.resource p where p.id = r.space_id) as "spaceId",
          (c.last_seq - coalesce(s.read_seq, 0))::float8 as unread
         from ${tables} where ${visible.sql} and ${shown('r')} and c.last_seq > coalesce(s.read_seq, 0)
        order by r.updated_at desc limit ${channelsMax}`,
      [caller.id, ...visible.params],
    );
    return { channels };
  }

  /** The channels of a condition that the person may see, in the order of their making. */
  async #visible(caller: Caller, condition: string, value: string): Promise<Channel[]> {
    const { db } = this.database;
    const rows = await db.query<ChannelRow>(
      `select ${columns} from ${tables} where ${condition} and ${shown('r')} order by r.id limit ${channelsMax}`,
      [caller.id, value],
    );
    const known = await roles(
      db,
      caller,
      rows.map(({ uid }) => uid),
    );
    const seen = rows.flatMap((row) => {
      const role = known.get(row.uid);
      return role === undefined ? [] : [{ ...row, role }];
    });
    const resources = await presentResources(db, seen);
    return seen.map(({ channelKind, lastSeq, readSeq }, index) => ({
      ...(resources[index] as Resource),
      kind: 'channel' as const,
      channelKind,
      lastSeq,
      readSeq,
    }));
  }
}
