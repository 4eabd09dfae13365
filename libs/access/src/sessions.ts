import { createHash, randomBytes } from 'node:crypto';
import { type Db, isUid } from './db.ts';
import { notify } from './notify.ts';
import { isActive, type Person, personColumns } from './people.ts';

/** A sign-in on one browser. `uid` names it in lists; the cookie itself is known only to that browser. */
export type Session = {
  uid: string;
  /** Hex of the cookie's hash, as `AccessChange.sessions` carries it. */
  hash: string;
  personId: number;
  oidcSid: string | null;
  userAgent: string | null;
  createdAt: Date;
  seenAt: Date;
  expiresAt: Date;
};

/** What the identity provider gave for renewal and sign-out; read only by the service that signs people in. */
export type SessionTokens = { idToken: string | null; refreshToken: string | null };

const cookieBytes = 32;

/** The hash under which a cookie's value is kept. */
export function sessionHash(cookie: string): Buffer {
  return createHash('sha256').update(cookie).digest();
}

const columns = `s.uid, encode(s.hash, 'hex') as hash, s.person_id as "personId", s.oidc_sid as "oidcSid",
  s.user_agent as "userAgent", s.created_at as "createdAt", s.seen_at as "seenAt", s.expires_at as "expiresAt"`;

/** Opens a session. `cookie` is the value for the browser (43 characters); only its hash is kept. */
export async function createSession(
  db: Db,
  wanted: {
    personId: number;
    expiresAt: Date;
    oidcSid?: string | null;
    idToken?: string | null;
    refreshToken?: string | null;
    userAgent?: string | null;
  },
): Promise<{ session: Session; cookie: string }> {
  const cookie = randomBytes(cookieBytes).toString('base64url');
  const rows = await db.query<Session>(
    `insert into access.session as s (hash, person_id, oidc_sid, id_token, refresh_token, user_agent, expires_at)
     values ($1, $2, $3, $4, $5, left($6, 500), $7) returning ${columns}`,
    [
      sessionHash(cookie),
      wanted.personId,
      wanted.oidcSid ?? null,
      wanted.idToken ?? null,
      wanted.refreshToken ?? null,
      wanted.userAgent ?? null,
      wanted.expiresAt,
    ],
  );
  return { session: rows[0] as Session, cookie };
}

/** The session of a cookie and whose it is; null when unknown, ended, expired, or the person may not come in. */
export async function findSession(
  db: Db,
  cookie: string,
): Promise<{ session: Session; person: Person } | null> {
  const [row] = await db.query<{ session: Session; person: Person } & Session & Person>(
    `select ${personColumns('p')}, s.uid as "sessionUid", encode(s.hash, 'hex') as hash, s.person_id as "personId",
        s.oidc_sid as "oidcSid", s.user_agent as "userAgent", s.created_at as "sessionCreatedAt",
        s.seen_at as "seenAt", s.expires_at as "expiresAt"
       from access.session s join access.person p on p.subject_id = s.person_id
      where s.hash = $1 and s.expires_at > now() and ${isActive('p')}`,
    [sessionHash(cookie)],
  );
  return row ? apart(row as unknown as Joined) : null;
}

type Joined = Person & Omit<Session, 'uid' | 'createdAt'> & { sessionUid: string; sessionCreatedAt: Date };

function apart(row: Joined): { session: Session; person: Person } {
  const { sessionUid, sessionCreatedAt, hash, personId, oidcSid, userAgent, seenAt, expiresAt, ...person } =
    row;
  const session = {
    uid: sessionUid,
    hash,
    personId,
    oidcSid,
    userAgent,
    createdAt: sessionCreatedAt,
    seenAt,
    expiresAt,
  };
  return { session, person };
}

/** The provider's tokens of a session; null when the session is gone. */
export async function tokensOf(db: Db, sessionUid: string): Promise<SessionTokens | null> {
  const [row] = await db.query<SessionTokens>(
    'select id_token as "idToken", refresh_token as "refreshToken" from access.session where uid = $1',
    [sessionUid],
  );
  return row ?? null;
}

/** Keeps renewed tokens and a later end, after a silent renewal. */
export async function renewSession(
  db: Db,
  sessionUid: string,
  renewed: SessionTokens & { expiresAt: Date },
): Promise<void> {
  await db.query(
    `update access.session set id_token = coalesce($2, id_token), refresh_token = coalesce($3, refresh_token),
        expires_at = $4, seen_at = now() where uid = $1`,
    [sessionUid, renewed.idToken, renewed.refreshToken, renewed.expiresAt],
  );
}

const seenEverySeconds = 60;

/** Notes that the session is in use; writes at most once a minute. */
export async function touchSession(db: Db, sessionUid: string): Promise<void> {
  await db.query(
    `update access.session set seen_at = now()
      where uid = $1 and seen_at < now() - make_interval(secs => ${seenEverySeconds})`,
    [sessionUid],
  );
}

async function endWhere(db: Db, condition: string, params: unknown[]): Promise<Session[]> {
  const ended = await db.query<Session>(
    `with s as (delete from access.session where ${condition} returning *) select ${columns} from s`,
    params,
  );
  await notify(db, { sessions: ended.map(({ hash }) => hash) });
  return ended;
}

/** Ends one session of a person; [] when it is not theirs or already gone. */
export async function endSession(db: Db, personId: number, sessionUid: string): Promise<Session[]> {
  return isUid(sessionUid) ? endWhere(db, 'uid = $1 and person_id = $2', [sessionUid, personId]) : [];
}

/** Ends what the identity provider's back-channel logout names: a `sid`. */
export async function endBySid(db: Db, oidcSid: string): Promise<Session[]> {
  return endWhere(db, 'oidc_sid = $1', [oidcSid]);
}

/** Ends all sessions of a person, or all but the one they are in. */
export async function endByPerson(db: Db, personId: number, exceptUid?: string): Promise<Session[]> {
  return endWhere(db, 'person_id = $1 and uid is distinct from $2::uuid', [personId, exceptUid ?? null]);
}

/** Deletes what has expired; for a job. Returns how many. */
export async function sweepSessions(db: Db): Promise<number> {
  return (await endWhere(db, 'expires_at <= now()', [])).length;
}

/** The person's open sessions, the latest used first. */
export async function listSessions(db: Db, personId: number): Promise<Session[]> {
  return db.query(
    `select ${columns} from access.session s where s.person_id = $1 and s.expires_at > now()
      order by s.seen_at desc, s.uid desc`,
    [personId],
  );
}
