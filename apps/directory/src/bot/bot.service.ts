import { Inject, Injectable } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import {
  type BotToken as TokenRow,
  createBot as makeBot,
  createBotToken as makeToken,
  revokeBotToken as takeToken,
  tokensOfBots,
} from '@parvis/access/bots';
import type { Db } from '@parvis/access/db';
import { isUid } from '@parvis/access/db';
import { peopleByIds, type Person, personColumns, setDisabled, updatePerson } from '@parvis/access/people';
import type {
  Bot,
  BotToken,
  changeBot,
  createBot,
  createBotToken,
  revokeBotToken,
} from '@parvis/contract/bot';
import { botListSizeMax, botTokenDaysMax, botTokenListSizeMax } from '@parvis/contract/limits';
import { type InputOf, type Scope, scopes } from '@parvis/contract/operation';
import { done } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { AccessChanges } from '@parvis/server/changes';
import { Database } from '@parvis/server/database';
import { presentPerson } from '@parvis/server/present';
import { Refused } from '@parvis/server/refused';
import { SETTINGS } from '@parvis/server/service';
import type { DirectorySettings } from '../settings.ts';

type Row = Person & { description: string };
const dayMs = 86_400_000;
/** Bots in one answer to an administrator. */
const botsMax = 1_000;

const columns = `${personColumns('p')}, coalesce(b.description, '') as description`;
const tables = `access.person p left join directory.bot b on b.bot_id = p.subject_id`;

function presentToken(row: TokenRow): BotToken {
  return {
    id: row.uid,
    name: row.name,
    scopes: scopes.filter((one): one is Scope => row.scopes.includes(one)),
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    usedAt: row.usedAt?.toISOString() ?? null,
  };
}

/** Bots are looked after by the person they answer to, and by administrators; for others they are only people. */
@Injectable()
export class Bots {
  readonly #database: Database;
  readonly #changes: AccessChanges;
  readonly #settings: DirectorySettings;

  constructor(database: Database, changes: AccessChanges, @Inject(SETTINGS) settings: DirectorySettings) {
    this.#database = database;
    this.#changes = changes;
    this.#settings = settings;
  }

  async list(caller: Caller): Promise<{ bots: Bot[]; mayCreate: boolean }> {
    const { db } = this.#database;
    const rows = await db.query<Row>(
      `select ${columns} from ${tables} where p.kind = 'bot' and (p.sponsor_id = $1 or $2)
        order by p.disabled_at is not null, p.name_key, p.subject_id limit ${botsMax}`,
      [caller.id, caller.administrator],
    );
    return { bots: await this.#present(db, rows), mayCreate: this.#mayCreate(caller) };
  }

  #mayCreate(caller: Caller): boolean {
    return this.#settings.bots === 'members' || caller.administrator;
  }

  /** @throws Refused `bots-by-administrators`, `too-many-bots` */
  async create(caller: Caller, { name, description }: InputOf<typeof createBot>): Promise<Bot> {
    if (!this.#mayCreate(caller)) throw Refused.notAllowed('bots-by-administrators');
    return this.#database.transaction(async (db) => {
      // One at a time per person: two at once would each count one too few.
      await db.query('select from access.person where subject_id = $1 for update', [caller.id]);
      const [mine] = await db.query<{ count: number }>(
        `select count(*)::int as count from access.person p
          where p.sponsor_id = $1 and p.kind = 'bot' and p.disabled_at is null`,
        [caller.id],
      );
      if ((mine?.count ?? 0) >= botListSizeMax) throw Refused.conflict('too-many-bots');
      const bot = await makeBot(db, { name, sponsorId: caller.id });
      await db.query('insert into directory.bot (bot_id, description) values ($1, $2)', [
        bot.id,
        description,
      ]);
      await audit(db, { actorId: caller.id, action: 'bot.created', detail: { bot: bot.uid } });
      return this.#one(db, { ...bot, description });
    });
  }

  /** @throws Refused `not-found`, `too-many-bots` */
  async change(caller: Caller, input: InputOf<typeof changeBot>): Promise<Bot> {
    const changed = await this.#database.transaction(async (db) => {
      const bot = await this.#loaded(db, caller, input.id);
      const { name, description, running } = input;
      if (name !== undefined) await updatePerson(db, bot.id, { name });
      if (description !== undefined)
        await db.query(
          `insert into directory.bot (bot_id, description) values ($1, $2)
           on conflict (bot_id) do update set description = excluded.description`,
          [bot.id, description],
        );
      if (running !== undefined) await setDisabled(db, bot.id, running ? null : new Date());
      const detail = { bot: bot.uid, renamed: name !== undefined, running };
      await audit(db, { actorId: caller.id, action: 'bot.changed', detail });
      return this.#one(db, await this.#loaded(db, caller, input.id));
    });
    await this.#changes.counts();
    return changed;
  }

  /** @throws Refused `not-found`, `too-many-tokens`, `bad-input`; AccessError `ends-in-past` */
  async createToken(
    caller: Caller,
    input: InputOf<typeof createBotToken>,
  ): Promise<{ bot: Bot; token: string }> {
    const expiresAt = input.expiresAt === null ? null : new Date(input.expiresAt);
    if (expiresAt && expiresAt.getTime() > Date.now() + botTokenDaysMax * dayMs)
      throw Refused.badInput([{ path: 'expiresAt', code: 'too-late' }]);
    return this.#database.transaction(async (db) => {
      const bot = await this.#loaded(db, caller, input.id);
      if ((await tokensOfBots(db, [bot.id])).length >= botTokenListSizeMax)
        throw Refused.conflict('too-many-tokens');
      const { name, scopes: wanted } = input;
      const { row, token } = await makeToken(db, { botId: bot.id, name, scopes: wanted, expiresAt });
      const detail = { bot: bot.uid, token: row.uid, scopes: wanted };
      await audit(db, { actorId: caller.id, action: 'bot.token-created', detail });
      return { bot: await this.#one(db, bot), token };
    });
  }

  /** @throws Refused `not-found` */
  async revokeToken(caller: Caller, { id, tokenId }: InputOf<typeof revokeBotToken>): Promise<typeof done> {
    await this.#database.transaction(async (db) => {
      const bot = await this.#loaded(db, caller, id);
      if (!(await takeToken(db, bot.id, tokenId))) throw Refused.notFound();
      await audit(db, {
        actorId: caller.id,
        action: 'bot.token-revoked',
        detail: { bot: bot.uid, token: tokenId },
      });
    });
    await this.#changes.counts();
    return done;
  }

  /** A bot that this person looks after, its row locked. Of others' bots nobody learns here that they exist. */
  async #loaded(db: Db, caller: Caller, uid: string): Promise<Row> {
    const rows = isUid(uid)
      ? await db.query<Row>(
          `select ${columns} from ${tables} where p.uid = $1 and p.kind = 'bot' and (p.sponsor_id = $2 or $3)
              for update of p`,
          [uid, caller.id, caller.administrator],
        )
      : [];
    const [row] = rows;
    if (row === undefined) throw Refused.notFound();
    return row;
  }

  async #one(db: Db, row: Row): Promise<Bot> {
    const [bot] = await this.#present(db, [row]);
    if (bot === undefined) throw Refused.notFound();
    return bot;
  }

  async #present(db: Db, rows: readonly Row[]): Promise<Bot[]> {
    const tokens = await tokensOfBots(
      db,
      rows.map(({ id }) => id),
    );
    const owners = await peopleByIds(
      db,
      rows.flatMap(({ sponsorId }) => (sponsorId === null ? [] : [sponsorId])),
    );
    return rows.flatMap((row) => {
      const owner = owners.find(({ id }) => id === row.sponsorId);
      if (owner === undefined) return [];
      return [
        {
          ...presentPerson(row),
          bot: true as const,
          description: row.description,
          owner: presentPerson(owner),
          running: row.disabledAt === null,
          tokens: tokens.filter(({ botId }) => botId === row.id).map(presentToken),
        },
      ];
    });
  }
}
