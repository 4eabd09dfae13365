import { randomBytes } from 'node:crypto';
import { type Db, isUid, one } from './db.ts';
import { AccessError } from './errors.ts';
import { checkMayBeGiven, existing, makeRoot, putGrant } from './grants.ts';
import { notify } from './notify.ts';
import { hashPassword, isPassword } from './passwords.ts';
import type { Actor } from './people.ts';
import { linkHash } from './read.ts';
import { type Role, roleOf } from './roles.ts';

export type LinkReach = 'members' | 'public';

/** A link as its makers see it. Its secret is known only at birth; `expiresAt` null is until revoked. */
export type Link = {
  uid: string;
  resourceUid: string;
  reach: LinkReach;
  role: Role;
  createdBy: number | null;
  createdAt: Date;
  expiresAt: Date | null;
  hasPassword: boolean;
};

const linkSecretBytes = 24;
/** Hours that whoever gave a link's password need not give it again. */
const keyHours = 12;
/** Wrong passwords for one link within the window, in minutes, before it is closed to further tries. */
const wrongTriesMax = 10;
const triesWindowMinutes = 10;

/**
 * Makes a link to a resource and all below it. `token` goes into the URL and is not kept. Whoever holds it (for
 * 'members': and is signed in as a member) has the role; nothing appears in their lists.
 * @throws AccessError 'not-found', 'role-too-high' (more than editor), 'ends-in-past'
 */
export async function createLink(
  db: Db,
  wanted: {
    resourceUid: string;
    reach: LinkReach;
    role: Role;
    expiresAt?: Date | null;
    password?: string | null;
  },
  createdBy: number,
): Promise<{ link: Link; token: string }> {
  const { role, reach } = wanted;
  const expiresAt = wanted.expiresAt ?? null;
  const row = await existing(db, wanted.resourceUid);
  checkMayBeGiven(role, expiresAt);
  const password = wanted.password ? await hashPassword(wanted.password) : null;
  await makeRoot(db, row);
  const token = randomBytes(linkSecretBytes).toString('base64url');
  const [made] = await db.query<{ uid: string; subjectId: number; createdAt: Date }>(
    `with s as (insert into access.subject (kind) values ('link') returning id)
     insert into access.link (subject_id, resource_id, reach, secret_hash, created_by, password_hash)
     select s.id, $1, $2, $3, $4, $5 from s returning uid, subject_id as "subjectId", created_at as "createdAt"`,
    [row.id, reach, linkHash(token), createdBy, password],
  );
  const { uid, subjectId, createdAt } = one(made ? [made] : []);
  await putGrant(db, row.id, { subjectId, role, expiresAt }, createdBy);
  await notify(db, { resources: [row.uid] });
  const hasPassword = password !== null;
  return {
    link: { uid, resourceUid: row.uid, reach, role, createdBy, createdAt, expiresAt, hasPassword },
    token,
  };
}

/**
 * Changes what a link allows, until when, or its password (null takes it away; left out it stays). Whoever came in by
 * an older password gives the new one again.
 * @throws AccessError 'not-found', 'role-too-high', 'ends-in-past'
 */
export async function changeLink(
  db: Db,
  linkUid: string,
  wanted: { role: Role; expiresAt: Date | null; password?: string | null },
  changedBy: number,
): Promise<void> {
  const [row] = isUid(linkUid)
    ? await db.query<{ subjectId: number; resourceId: number }>(
        'select subject_id as "subjectId", resource_id::float8 as "resourceId" from access.link where uid = $1',
        [linkUid],
      )
    : [];
  if (!row) throw new AccessError('not-found');
  checkMayBeGiven(wanted.role, wanted.expiresAt);
  if (wanted.password !== undefined) {
    const kept = wanted.password === null ? null : await hashPassword(wanted.password);
    await db.query('update access.link set password_hash = $2, wrong_tries = 0 where uid = $1', [
      linkUid,
      kept,
    ]);
    await db.query('delete from access.link_key where link_id = $1', [row.subjectId]);
  }
  const { role, expiresAt } = wanted;
  await putGrant(db, row.resourceId, { subjectId: row.subjectId, role, expiresAt }, changedBy);
  await tellAllBelow(db, linkUid);
}

/** What a link's secret opens, for whoever holds it. `key` stands for the link wherever a link is asked for. */
export type OpenedLink =
  | { is: 'open'; resourceUid: string; key: string; role: Role }
  | { is: 'unknown' | 'expired' | 'members-only' | 'password-needed' | 'password-wrong' | 'too-many-tries' };

type Opening = {
  subjectId: number;
  resourceUid: string;
  reach: LinkReach;
  rank: number;
  expired: boolean;
  passwordHash: string | null;
  closed: boolean;
};

/**
 * Follows a link by its secret, or by a key to it. With a password that is right it makes a key that lasts {@link keyHours} hours. Wrong ones are
 * counted per link, across all processes.
 */
export async function openLink(
  db: Db,
  actor: Actor | null,
  { token, password }: { token: string; password?: string },
): Promise<OpenedLink> {
  const [row] = await db.query<Opening>(
    `select l.subject_id as "subjectId", r.uid as "resourceUid", l.reach, g.role as rank,
       coalesce(g.expires_at <= now(), false) as expired,
       case when l.secret_hash = $1 then l.password_hash end as "passwordHash",
       l.wrong_tries >= $2 and l.tries_from > now() - make_interval(mins => $3) as closed
     from access.link l join access.resource r on r.id = l.resource_id and r.trash_id is null
     join access.grant_ g on g.resource_id = l.resource_id and g.subject_id = l.subject_id
     where l.secret_hash = $1
        or l.subject_id = (select k.link_id from access.link_key k where k.hash = $1 and k.expires_at > now())`,
    [linkHash(token), wrongTriesMax, triesWindowMinutes],
  );
  if (!row) return { is: 'unknown' };
  if (row.expired) return { is: 'expired' };
  if (row.reach === 'members' && actor === null) return { is: 'members-only' };
  const opened = { is: 'open', resourceUid: row.resourceUid, role: roleOf(row.rank) as Role } as const;
  if (row.passwordHash === null) return { ...opened, key: token };
  if (row.closed) return { is: 'too-many-tries' };
  if (password === undefined) return { is: 'password-needed' };
  if (!(await isPassword(password, row.passwordHash))) {
    await countWrongTry(db, row.subjectId);
    return { is: 'password-wrong' };
  }
  return { ...opened, key: await makeKey(db, row.subjectId) };
}

async function countWrongTry(db: Db, linkId: number): Promise<void> {
  await db.query(
    `update access.link set
       wrong_tries = case when tries_from > now() - make_interval(mins => $2) then wrong_tries + 1 else 1 end,
       tries_from = case when tries_from > now() - make_interval(mins => $2) then tries_from else now() end
     where subject_id = $1`,
    [linkId, triesWindowMinutes],
  );
}

async function makeKey(db: Db, linkId: number): Promise<string> {
  const key = randomBytes(linkSecretBytes).toString('base64url');
  await db.query('delete from access.link_key where expires_at < now()');
  await db.query(
    `insert into access.link_key (hash, link_id, expires_at) values ($1, $2, now() + make_interval(hours => $3))`,
    [linkHash(key), linkId, keyHours],
  );
  return key;
}

const linkQuery = `select l.uid, r.uid as "resourceUid", l.reach, g.role as rank, l.created_by as "createdBy",
    l.created_at as "createdAt", g.expires_at as "expiresAt", l.password_hash is not null as "hasPassword"
  from access.link l join access.resource r on r.id = l.resource_id
  join access.grant_ g on g.resource_id = l.resource_id and g.subject_id = l.subject_id`;

type RankedLink = Omit<Link, 'role'> & { rank: number };

function asLink({ rank, ...link }: RankedLink): Link {
  return { ...link, role: roleOf(rank) as Role };
}

/** The links made on this very resource, newest first, ended ones too. Their secrets are not among it. */
export async function linksOf(db: Db, resourceUid: string): Promise<Link[]> {
  if (!isUid(resourceUid)) return [];
  const rows = await db.query<RankedLink>(`${linkQuery} where r.uid = $1 order by l.created_at desc`, [
    resourceUid,
  ]);
  return rows.map(asLink);
}

/** A link by its uid; null when there is none. */
export async function findLink(db: Db, linkUid: string): Promise<Link | null> {
  if (!isUid(linkUid)) return null;
  const [row] = await db.query<RankedLink>(`${linkQuery} where l.uid = $1`, [linkUid]);
  return row ? asLink(row) : null;
}

/** The resource a link leads to, without saying what it allows: the caller loads it with the token. */
export async function resourceOfLink(
  db: Db,
  token: string,
): Promise<{ uid: string; hasPassword: boolean } | null> {
  const [row] = await db.query<{ uid: string; hasPassword: boolean }>(
    `select r.uid, l.password_hash is not null as "hasPassword"
       from access.link l join access.resource r on r.id = l.resource_id where l.secret_hash = $1`,
    [linkHash(token)],
  );
  return row ?? null;
}

/** Ends a link for all who hold it. @throws AccessError 'not-found' */
export async function revokeLink(db: Db, linkUid: string): Promise<void> {
  if (!(await findLink(db, linkUid))) throw new AccessError('not-found');
  await tellAllBelow(db, linkUid);
  await db.query(
    'delete from access.subject s using access.link l where l.uid = $1 and s.id = l.subject_id',
    [linkUid],
  );
}

/** Whoever came by the link is not known by name, and may look at anything below. Heard at the commit. */
async function tellAllBelow(db: Db, linkUid: string): Promise<void> {
  const below = await db.query<{ uid: string }>(
    `select b.uid from access.link l, access.all_below(l.resource_id) a join access.resource b on b.id = a.id
      where l.uid = $1`,
    [linkUid],
  );
  await notify(db, { resources: below.map(({ uid }) => uid) });
}
