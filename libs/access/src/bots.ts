import { createHash, randomBytes } from 'node:crypto';
import type { Db } from './db.ts';
import { AccessError } from './errors.ts';
import { notify } from './notify.ts';
import { createPerson, isActive, type Person, personColumns } from './people.ts';

/** A token of a bot, as lists show it: the token itself is known only to whoever was given it. */
export type BotToken = {
  uid: string;
  botId: number;
  name: string;
  scopes: string[];
  createdAt: Date;
  expiresAt: Date | null;
  /** When it was last used, to the minute. */
  usedAt: Date | null;
};

/** By these letters people, and programs that look for leaked secrets, know a bot's token from everything else. */
export const botTokenPrefix = 'parvis_bot_';
const secretBytes = 32;
const usedEverySeconds = 60;

const columns = `t.uid, t.bot_id as "botId", t.name, t.scopes, t.created_at as "createdAt", t.expires_at as "expiresAt",
  t.used_at as "usedAt"`;

function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** Adds a bot that answers to a person, its sponsor. It is let in for as long as the sponsor is. */
export async function createBot(db: Db, wanted: { name: string; sponsorId: number }): Promise<Person> {
  // Nobody writes to a bot; the address only has to be nobody else's, and `.invalid` leads nowhere (RFC 2606).
  const email = `${randomBytes(8).toString('hex')}@bots.invalid`;
  return createPerson(db, { ...wanted, email, kind: 'bot' });
}

/** Makes a token. `token` is told this once; only its hash is kept. @throws AccessError 'ends-in-past' */
export async function createBotToken(
  db: Db,
  wanted: { botId: number; name: string; scopes: readonly string[]; expiresAt: Date | null },
): Promise<{ row: BotToken; token: string }> {
  if (wanted.expiresAt && wanted.expiresAt.getTime() <= Date.now()) throw new AccessError('ends-in-past');
  const token = `${botTokenPrefix}${randomBytes(secretBytes).toString('base64url')}`;
  const rows = await db.query<BotToken>(
    `insert into access.bot_token as t (bot_id, name, hash, scopes, expires_at) values ($1, $2, $3, $4, $5)
     returning ${columns}`,
    [wanted.botId, wanted.name, tokenHash(token), [...wanted.scopes], wanted.expiresAt],
  );
  return { row: rows[0] as BotToken, token };
}

/** The tokens of bots, the newest first; past their end too, so that people see why a program stopped. */
export async function tokensOfBots(db: Db, botIds: readonly number[]): Promise<BotToken[]> {
  return db.query(
    `select ${columns} from access.bot_token t where t.bot_id = any($1::int[]) order by t.created_at desc, t.uid desc`,
    [botIds],
  );
}

/** Takes a token back at once, in every service. False when the bot has none of that name. */
export async function revokeBotToken(db: Db, botId: number, tokenUid: string): Promise<boolean> {
  const gone = await db.query<{ hash: string }>(
    `delete from access.bot_token where bot_id = $1 and uid = $2 returning encode(hash, 'hex') as hash`,
    [botId, tokenUid],
  );
  await notify(db, { sessions: gone.map(({ hash }) => hash) });
  return gone.length > 0;
}

export type BotGrant = {
  person: Person;
  scopes: string[];
  /** Hex of the token's hash, as `AccessChange.sessions` carries it. */
  hash: string;
  expiresAt: Date | null;
};

/**
 * The bot of a token and what the token is for; null when the token is unknown, revoked or past its end, or when the
 * bot or the person it answers to may not come in.
 */
export async function findBotToken(db: Db, token: string): Promise<BotGrant | null> {
  if (!token.startsWith(botTokenPrefix)) return null;
  const hash = tokenHash(token);
  const [row] = await db.query<Person & { scopes: string[]; tokenEnd: Date | null; stale: boolean }>(
    `select ${personColumns('p')}, t.scopes, t.expires_at as "tokenEnd",
        coalesce(t.used_at < now() - make_interval(secs => ${usedEverySeconds}), true) as stale
       from access.bot_token t join access.person p on p.subject_id = t.bot_id
       join access.person s on s.subject_id = p.sponsor_id
      where t.hash = $1 and (t.expires_at is null or t.expires_at > now()) and ${isActive('p')} and ${isActive('s')}`,
    [hash],
  );
  if (!row) return null;
  const { scopes, tokenEnd, stale, ...person } = row;
  if (stale) await db.query('update access.bot_token set used_at = now() where hash = $1', [hash]);
  return { person, scopes, hash: hash.toString('hex'), expiresAt: tokenEnd };
}
