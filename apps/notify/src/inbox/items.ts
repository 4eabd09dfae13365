import { Injectable } from '@nestjs/common';
import type { Db } from '@parvis/access/db';
import { peopleByIds } from '@parvis/access/people';
import { scopeOf, shown, visibleTo } from '@parvis/access/scope';
import type { InboxItem, InboxKind } from '@parvis/contract/notify';
import type { ResourceKind } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { presentPerson } from '@parvis/server/present';

/** What goes into the inboxes of some people. */
export interface NewItem {
  readonly personId: number;
  readonly kind: InboxKind;
  readonly actorId: number | null;
  readonly resourceId: number;
  readonly seq: number | null;
  readonly threadSeq: number | null;
  readonly place: string | null;
  readonly given: boolean | null;
  /** Unread items of the same bundle become one. */
  readonly bundle: string;
  readonly at: Date;
}

/** An item that is in an inbox now, or grew. */
export interface Written {
  readonly id: string;
  readonly personId: number;
}

interface ItemRow {
  readonly id: string;
  readonly kind: InboxKind;
  readonly actorId: number | null;
  readonly uid: string;
  readonly thingKind: ResourceKind;
  readonly title: string;
  readonly spaceUid: string | null;
  readonly seen: boolean;
  readonly seq: number | null;
  readonly threadSeq: number | null;
  readonly place: string | null;
  readonly count: number;
  readonly given: boolean | null;
  readonly at: Date;
  readonly read: boolean;
  readonly done: boolean;
}

const columns = `i.id, i.kind, i.actor_id as "actorId", r.uid, r.kind as "thingKind", r.title,
  (select s.uid from access.resource s where s.id = r.space_id) as "spaceUid",
  i.seq::float8 as seq, i.thread_seq::float8 as "threadSeq", i.place, i.count, i.given, i.at,
  i.read_at is not null as read, i.done_at is not null as done`;

/** A condition on items `i` and parameters from the third on; the first two are those of what the person may see. */
export interface Wanted {
  readonly sql: string;
  readonly params: readonly unknown[];
}

/** The table of inboxes. What a person may no longer see is not in their inbox, whatever was written. */
@Injectable()
export class Items {
  /**
   * Writes items; what the person has read already is left out. Resolves to those that are news.
   * @param items at most some thousands; of one bundle of one person there is one
   */
  async write(db: Db, items: readonly NewItem[]): Promise<Written[]> {
    if (items.length === 0) return [];
    return db.query<Written>(
      `insert into notify.item as old
         (person_id, kind, actor_id, resource_id, seq, thread_seq, place, given, bundle, at)
       select n."personId", n.kind, n."actorId", n."resourceId", n.seq, n."threadSeq", n.place, n.given, n.bundle, n.at
         from jsonb_to_recordset($1::jsonb) as n("personId" int, kind text, "actorId" int, "resourceId" bigint,
              seq bigint, "threadSeq" bigint, place text, given boolean, bundle text, at timestamptz)
         join access.resource r on r.id = n."resourceId"
         left join notify.seen s on s.person_id = n."personId" and s.resource_id = n."resourceId"
        where n.kind = 'reminder' or n.seq is null or n."threadSeq" is not null or s.seq is null or s.seq < n.seq
        order by n."personId", n.bundle
       on conflict (person_id, resource_id, bundle) where read_at is null do update
         set kind = excluded.kind, actor_id = excluded.actor_id, seq = excluded.seq, at = excluded.at,
             done_at = null, given = excluded.given, count = old.count + 1
         where excluded.seq is null or old.seq is null or excluded.seq > old.seq
       returning id, person_id as "personId"`,
      [JSON.stringify(items)],
    );
  }

  /** Items of a person that they may see, newest first. */
  async read(
    db: Db,
    caller: Pick<Caller, 'id' | 'kind' | 'administrator'>,
    wanted: Wanted,
    limit: number,
  ): Promise<InboxItem[]> {
    const visible = visibleTo(await scopeOf(db, caller), 'r', 1);
    const rows = await db.query<ItemRow>(
      `select ${columns}, (${visible.sql} and ${shown('r')}) as seen
         from notify.item i join access.resource r on r.id = i.resource_id
        where i.person_id = $3 and ((${visible.sql} and ${shown('r')}) or i.kind = 'access-answered') and ${wanted.sql}
        order by i.at desc, i.id desc limit ${limit}`,
      [...visible.params, caller.id, ...wanted.params],
    );
    const ids = [...new Set(rows.map(({ actorId }) => actorId).filter((id) => id !== null))];
    const people = new Map((await peopleByIds(db, ids)).map((one) => [one.id, presentPerson(one)]));
    return rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      by: row.seen && row.actorId !== null ? (people.get(row.actorId) ?? null) : null,
      thing: row.seen ? { id: row.uid, kind: row.thingKind, title: row.title, spaceId: row.spaceUid } : null,
      seq: row.seq,
      threadSeq: row.threadSeq,
      place: row.place,
      count: row.count,
      given: row.given,
      at: row.at.toISOString(),
      read: row.read,
      done: row.done,
    }));
  }

  /** How many unread items a person has that they may see. */
  async unread(db: Db, caller: Pick<Caller, 'id' | 'kind' | 'administrator'>): Promise<number> {
    const visible = visibleTo(await scopeOf(db, caller), 'r', 1);
    const [row] = await db.query<{ count: number }>(
      `select count(*)::int as count from notify.item i join access.resource r on r.id = i.resource_id
        where i.person_id = $3 and i.read_at is null
          and ((${visible.sql} and ${shown('r')}) or i.kind = 'access-answered')`,
      [...visible.params, caller.id],
    );
    return row?.count ?? 0;
  }
}
