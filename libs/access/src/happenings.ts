import { Client } from 'pg';
import type { Db } from './db.ts';

/**
 * What people may be told of. Things are inner resource ids, people and groups are subject ids unless uids are said.
 * There is never text in one: who is told asks the owner of the thing for it, with their own right.
 */
export type Happening =
  /** A message in a channel. */
  | {
      what: 'message';
      actorId: number;
      resourceId: number;
      detail: {
        seq: number;
        threadSeq: number | null;
        /** Whom the body names, and groups. */
        people: number[];
        groups: number[];
        everybody: boolean;
        /** Only those who are at their screens. */
        here: boolean;
        direct: boolean;
        /** Who follows the thread. */
        followers: number[];
      };
    }
  /** People have read channels, or threads in them, up to a position: `[resource id, subject id, position, root]`. */
  | {
      what: 'read';
      actorId: null;
      resourceId: null;
      detail: { reads: [number, number, number, number | null][] };
    }
  /** A comment; `place` is the uid of the conversation. `mentioned` are uids, `followers` subject ids. */
  | {
      what: 'comment';
      actorId: number;
      resourceId: number;
      detail: { place: string; mentioned: string[]; followers: number[] };
    }
  /** The text of a document names people, or gives them something to do; `place` is the block. Uids. */
  | {
      what: 'named' | 'assigned';
      actorId: number | null;
      resourceId: number;
      detail: { place: string; people: string[] };
    }
  /** Somebody asks to be let in; whoever may share the thing is told. */
  | { what: 'access-asked'; actorId: number; resourceId: number; detail: Record<string, never> }
  /** The answer, for the subject id `personId`. */
  | {
      what: 'access-answered';
      actorId: number;
      resourceId: number;
      detail: { personId: number; given: boolean };
    }
  /** A webhook was switched off by itself; `hook` is its uid, `personId` the subject id of whoever made it. */
  | {
      what: 'hook-disabled';
      actorId: null;
      resourceId: number;
      detail: { personId: number; hook: string };
    }
  /** The time has come that a person had set for a message, or for anything else of theirs. */
  | {
      what: 'reminder';
      actorId: null;
      resourceId: number;
      detail: { personId: number; seq: number | null; threadSeq: number | null };
    }
  /**
   * Subject ids are invited to a meeting, it is held at another time or not at all, it begins soon or has begun without
   * them (`at`, the instant that was agreed; null for the others), or something of it was kept.
   */
  | {
      what: 'meeting';
      actorId: number | null;
      resourceId: number;
      detail: {
        why:
          | 'invited'
          | 'meeting-changed'
          | 'meeting-cancelled'
          | 'meeting-soon'
          | 'meeting-started'
          | 'recording-saved'
          | 'recording-cut'
          | 'recording-failed'
          | 'transcript-ready'
          | 'minutes-ready';
        people: number[];
        at: string | null;
      };
    };

/** The PostgreSQL channel that says that something is waiting. */
const wakeChannel = 'happening';

/** Tells, when and only when the caller's transaction commits. */
export async function happen(db: Db, ...happened: readonly Happening[]): Promise<void> {
  if (happened.length === 0) return;
  await db.query(
    `insert into access.happening (what, actor_id, resource_id, detail)
     select one->>'what', (one->>'actorId')::int, (one->>'resourceId')::bigint, one->'detail'
       from jsonb_array_elements($1::jsonb) with ordinality as given(one, nr) order by nr`,
    [JSON.stringify(happened)],
  );
  await db.query('select pg_notify($1, $2)', [wakeChannel, '']);
}

export type Waiting = { id: number; at: Date; happening: Happening };

/** Times that one happening is tried before it is left out. */
const attemptsMax = 5;

/**
 * Takes the oldest that wait out of the table, in the caller's transaction: they come again if it fails. Two processes
 * never hold the same one.
 */
export async function takeHappenings(db: Db, limit: number): Promise<Waiting[]> {
  const rows = await db.query<
    Waiting & { what: string; actorId: number | null; resourceId: number | null; detail: object }
  >(
    `with due as (
       select id from access.happening where attempts < ${attemptsMax} order by id limit $1 for update skip locked),
     gone as (delete from access.happening h using due where h.id = due.id returning h.*)
     select id::float8 as id, at, what, actor_id as "actorId", resource_id::float8 as "resourceId", detail
       from gone order by id`,
    [limit],
  );
  return rows.map(({ id, at, what, actorId, resourceId, detail }) => ({
    id,
    at,
    happening: { what, actorId, resourceId, detail } as Happening,
  }));
}

/** Notes that one could not be told; after {@link attemptsMax} times it is kept and no longer taken. */
export async function happeningFailed(db: Db, id: number): Promise<void> {
  await db.query('update access.happening set attempts = attempts + 1 where id = $1', [id]);
}

const reconnectMs = 1_000;

/**
 * Calls `onWake` when something waits, over a connection of its own, and after each loss of it. Resolves to the way to
 * stop. @throws what pg throws when the first connection fails
 */
export async function listenForHappenings(
  connectionString: string,
  onWake: () => void,
): Promise<() => Promise<void>> {
  let stopped = false;
  let client: Client | null = null;
  let retry: NodeJS.Timeout | undefined;
  const connect = async () => {
    const fresh = new Client({ connectionString, keepAlive: true, application_name: 'happenings' });
    fresh.on('error', () => undefined);
    fresh.on('notification', onWake);
    await fresh.connect();
    await fresh.query(`listen ${wakeChannel}`);
    if (stopped) return void (await fresh.end());
    client = fresh;
    fresh.on('end', again);
    onWake();
  };
  const again = () => {
    client = null;
    if (!stopped) retry = setTimeout(() => void connect().catch(again), reconnectMs);
  };
  await connect();
  return async () => {
    stopped = true;
    clearTimeout(retry);
    await client?.end();
  };
}
