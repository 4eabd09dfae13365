import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { findPersonById, findPersonByUid, type Person } from '@parvis/access/people';
import { Locale } from '@parvis/contract/shape';
import { Database } from '@parvis/server/database';
import { Jobs } from '@parvis/server/jobs';
import { Mail } from '@parvis/server/mail';
import { SETTINGS } from '@parvis/server/service';
import { z } from 'zod';
import { Items } from '../inbox/items.ts';
import { clockIn, isQuiet } from '../level/rule.ts';
import { usualSettings, Wishes } from '../level/wishes.ts';
import { Secrets } from '../push/secrets.ts';
import type { Settings } from '../settings.ts';
import { letterOf } from './letter.ts';

const job = 'digest';
const letterJob = 'digest-letter';
const cron = '7 * * * *';
const LetterData = z.object({ person: z.int() });
/** Minutes that something waits in the inbox before a letter speaks of it, and days after which none does. */
const waitMinutes = 15;
const daysMax = 7;
/** The hour of the daily letter, by the person's own clock. */
const dailyHour = 8;
const itemsMax = 200;
const minutesPerHour = 60;

const missed = `i.read_at is null and i.done_at is null and i.mailed_at is null
  and i.at < now() - make_interval(mins => ${waitMinutes}) and i.at > now() - make_interval(days => ${daysMax})`;

/** Letters about what was missed, to whoever wants them. Without a mail server there are none. */
@Injectable()
export class DigestService implements OnModuleInit {
  readonly #mail: Mail;
  readonly #logger = new Logger('notify');

  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly items: Items,
    private readonly wishes: Wishes,
    private readonly secrets: Secrets,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {
    this.#mail = new Mail(settings);
  }

  /** Whether this house sends mail. */
  get sends(): boolean {
    return this.#mail.sends;
  }

  onModuleInit(): void {
    this.jobs.define(job, z.object({}), () => this.look(new Date()), {
      retryLimit: 2,
      expireSeconds: 600,
      cron,
    });
    this.jobs.define(letterJob, LetterData, ({ person }) => this.#send(person), {
      retryLimit: 8,
      expireSeconds: 120,
      concurrency: 2,
    });
    if (!this.sends) this.#logger.log('NOTIFY_SMTP_URL is not set: no digests are sent by mail');
  }

  /** Sends a letter to everybody who missed something and wants one in this hour. */
  async look(now: Date): Promise<void> {
    if (!this.sends) return;
    const { db } = this.database;
    const rows = await db.query<{ id: number }>(
      `select distinct i.person_id as id from notify.item i where ${missed}`,
    );
    const wishes = await this.wishes.settings(
      db,
      rows.map(({ id }) => id),
    );
    for (const { id } of rows) {
      const wish = wishes.get(id) ?? usualSettings;
      const hour = Math.floor(clockIn(wish.timeZone, now).minute / minutesPerHour);
      const due = wish.digest === 'hourly' || (wish.digest === 'daily' && hour === dailyHour);
      if (due && !isQuiet(wish, now))
        await this.jobs.send(db, letterJob, { person: id }, { singletonKey: String(id) });
    }
  }

  /** A letter whose acknowledgement was lost is sent again: twice is better than never. */
  async #send(personId: number): Promise<void> {
    const { db } = this.database;
    const person = await findPersonById(db, personId);
    if (!this.sends || person === null || person.disabledAt !== null) return;
    const items = await this.items.read(db, person, { sql: missed, params: [] }, itemsMax);
    if (items.length === 0) return;
    const { publicUrl } = this.settings;
    const stopUrl = `${publicUrl}/api/notify/unsubscribe?person=${person.uid}&key=${await this.keyOf(person)}`;
    const locale = Locale.catch('fr').parse(person.locale);
    const letter = letterOf(items, { locale, count: items.length, inboxUrl: `${publicUrl}/inbox`, stopUrl });
    await this.#mail.send({
      to: { name: person.name, address: person.email },
      ...letter,
      headers: {
        'List-Unsubscribe': `<${stopUrl}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      },
    });
    await db.query('update notify.item set mailed_at = now() where id = any($1::uuid[])', [
      items.map(({ id }) => id),
    ]);
  }

  /** What proves that a request to stop comes from a letter of ours. */
  async keyOf({ uid }: Pick<Person, 'uid'>): Promise<string> {
    const secret = await this.secrets.get('unsubscribe', () => randomBytes(32).toString('base64url'));
    return createHmac('sha256', secret).update(uid).digest('base64url');
  }

  /** Stops the letters of a person; resolves to the person, or null where the key is not theirs. */
  async stop(uid: string, key: string, effect: boolean): Promise<Person | null> {
    const { db } = this.database;
    const person = await findPersonByUid(db, uid);
    if (person === null) return null;
    const [given, wanted] = [Buffer.from(key), Buffer.from(await this.keyOf(person))];
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return null;
    if (effect) {
      await db.query(
        `insert into notify.setting (person_id, digest) values ($1, 'off')
         on conflict (person_id) do update set digest = 'off'`,
        [person.id],
      );
    }
    return person;
  }
}
