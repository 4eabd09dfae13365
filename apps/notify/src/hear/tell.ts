import { Injectable } from '@nestjs/common';
import type { Db } from '@parvis/access/db';
import type { Happening, Waiting } from '@parvis/access/happenings';
import { Here } from '../presence/here.ts';
import { decide } from '../level/rule.ts';
import { Wishes } from '../level/wishes.ts';
import { Items, type NewItem } from '../inbox/items.ts';
import type { Audience } from './audience.ts';

/** A line that is news, and whether it may be heard. */
export interface Told {
  readonly id: string;
  readonly personId: number;
  readonly alert: boolean;
  readonly push: boolean;
}

type Line = Omit<NewItem, 'personId' | 'kind' | 'bundle'>;

function lineOf({ happening, at }: Waiting): Line {
  const { actorId, resourceId } = happening as { actorId: number | null; resourceId: number };
  const line = { actorId, resourceId, seq: null, threadSeq: null, place: null, given: null, at };
  switch (happening.what) {
    case 'message':
      return { ...line, seq: happening.detail.seq, threadSeq: happening.detail.threadSeq };
    case 'reminder':
      return { ...line, seq: happening.detail.seq, threadSeq: happening.detail.threadSeq };
    case 'comment':
    case 'named':
    case 'assigned':
      return { ...line, place: happening.detail.place };
    case 'hook-disabled':
      return { ...line, place: happening.detail.hook };
    case 'access-answered':
      return { ...line, given: happening.detail.given };
    case 'meeting':
      return { ...line, place: happening.detail.at };
    default:
      return line;
  }
}

/** What grows while it is unread: a conversation, a block, the requests of one person; each mention stands alone. */
function bundleOf(kind: NewItem['kind'], { seq, threadSeq, place, actorId }: Line): string {
  switch (kind) {
    case 'direct':
    case 'message':
      return 'messages';
    case 'reply':
      return `reply ${threadSeq}`;
    case 'comment':
      return `comment ${place}`;
    case 'named':
    case 'assigned':
    case 'hook-disabled':
      return `${kind} ${place}`;
    case 'access-asked':
      return `asked ${actorId}`;
    case 'access-answered':
      return 'answered';
    case 'invited':
    case 'meeting-changed':
    case 'meeting-cancelled':
      return 'meeting';
    case 'meeting-soon':
    case 'meeting-started':
      return `soon ${place}`;
    case 'recording-saved':
    case 'recording-cut':
    case 'recording-failed':
    case 'transcript-ready':
    case 'minutes-ready':
      return kind;
    default:
      return `${kind} ${seq}`;
  }
}

/** Writes what happened into the inboxes of those who want to hear of it. */
@Injectable()
export class Tell {
  constructor(
    private readonly items: Items,
    private readonly wishes: Wishes,
    private readonly here: Here,
  ) {}

  async tell(db: Db, waiting: Waiting, audience: Audience): Promise<Told[]> {
    const { happening } = waiting;
    if (audience.size === 0 || happening.resourceId === null) return [];
    const people = [...audience.keys()];
    const wishes = await this.wishes.of(db, people, happening.resourceId);
    const atScreen = new Set(await this.here.among(db, people));
    const line = lineOf(waiting);
    const now = new Date();
    const items: NewItem[] = [];
    const heard = new Map<number, { alert: boolean; push: boolean }>();
    for (const [personId, kind] of audience) {
      const { settings, level } = wishes(personId);
      const verdict = decide({ kind, level, settings, atScreen: atScreen.has(personId), now });
      if (!verdict.keep) continue;
      heard.set(personId, verdict);
      items.push({ ...line, personId, kind, bundle: bundleOf(kind, line) });
    }
    const written = await this.items.write(db, items);
    return written.map(({ id, personId }) => {
      const { alert = false, push = false } = heard.get(personId) ?? {};
      return { id, personId, alert, push };
    });
  }

  /** What was read elsewhere is read here. Resolves to whose inboxes changed. */
  async read(db: Db, { reads }: Extract<Happening, { what: 'read' }>['detail']): Promise<number[]> {
    const given = [0, 1, 2, 3].map((column) => reads.map((one) => one[column as 0]));
    await db.query(
      `insert into notify.seen as old (resource_id, person_id, seq)
       select r.id, g.person, max(g.seq)
         from unnest($1::bigint[], $2::int[], $3::bigint[], $4::bigint[]) as g(resource, person, seq, root)
         join access.resource r on r.id = g.resource where g.root is null group by 1, 2 order by 1, 2
       on conflict (person_id, resource_id) do update set seq = excluded.seq where old.seq < excluded.seq`,
      given,
    );
    const rows = await db.query<{ id: number }>(
      `update notify.item i set read_at = now()
         from unnest($1::bigint[], $2::int[], $3::bigint[], $4::bigint[]) as g(resource, person, seq, root)
        where i.person_id = g.person and i.resource_id = g.resource and i.read_at is null and i.seq <= g.seq
          and i.thread_seq is not distinct from g.root and i.kind <> 'reminder'
       returning i.person_id as id`,
      given,
    );
    return [...new Set(rows.map(({ id }) => id))];
  }
}
