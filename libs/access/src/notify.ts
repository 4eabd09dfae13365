import type { Db } from './db.ts';

/**
 * What may have changed. A listener looks again at each open socket whose person is in `subjects` or whose resource
 * is in `resources` (uids), closes those of `sessions` (hex of the session's hash), and everything on `all`.
 */
export type AccessChange = { subjects?: number[]; resources?: string[]; sessions?: string[]; all?: true };

/** The PostgreSQL channel on which changes travel. */
export const changeChannel = 'access';

/** PostgreSQL refuses payloads of 8000 bytes and more. */
const payloadBytesMax = 7900;

/** Past this many, one 'look at everything' is cheaper for all than a list. */
const namesMax = 1000;

const namesPerPayload = 150;

/** Tells every service, when and only when the caller's transaction commits. Empty changes tell nothing. */
export async function notify(db: Db, change: AccessChange): Promise<void> {
  for (const payload of payloadsOf(change)) {
    await db.query('select pg_notify($1, $2)', [changeChannel, payload]);
  }
}

/** The change as payloads that fit, split by name; `{"all":true}` when there are too many. Exported for its test. */
export function payloadsOf(change: AccessChange): string[] {
  const named = (['subjects', 'resources', 'sessions'] as const).flatMap((field) =>
    [...new Set<number | string>(change[field] ?? [])].map((name) => [field, name] as const),
  );
  if (change.all || named.length > namesMax) return ['{"all":true}'];
  const payloads: string[] = [];
  for (let start = 0; start < named.length; start += namesPerPayload) {
    const part: Record<string, (number | string)[]> = {};
    for (const [field, name] of named.slice(start, start + namesPerPayload)) (part[field] ??= []).push(name);
    payloads.push(JSON.stringify(part));
  }
  return payloads.some((payload) => Buffer.byteLength(payload) > payloadBytesMax)
    ? ['{"all":true}']
    : payloads;
}

/** The persons that a subject stands for, or everybody: whom a change of its grants or groups concerns. */
export async function notifySubject(db: Db, subjectId: number, resources: string[] = []): Promise<void> {
  const found = await db.query<{ id: number; kind: string }>(
    `with recursive s(id) as (
       select $1::int union select m.subject_id from s join access.member m on m.group_id = s.id)
     select s.id, t.kind from s join access.subject t on t.id = s.id
      where t.kind <> 'group' limit ${namesMax + 1}`,
    [subjectId],
  );
  if (found.some(({ kind }) => kind === 'everyone')) return notify(db, { all: true });
  const subjects = found.filter(({ kind }) => kind === 'person').map(({ id }) => id);
  return notify(db, { subjects, resources });
}
