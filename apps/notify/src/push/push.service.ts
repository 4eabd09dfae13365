import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { Db } from '@parvis/access/db';
import { deviceListSizeMax } from '@parvis/contract/limits';
import type { addDevice, Device } from '@parvis/contract/notify-push';
import type { InputOf } from '@parvis/contract/operation';
import { done } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Jobs } from '@parvis/server/jobs';
import { Outbound, OutboundError } from '@parvis/server/outbound';
import { Refused } from '@parvis/server/refused';
import { SETTINGS } from '@parvis/server/service';
import webPush from 'web-push';
import { z } from 'zod';
import type { Settings } from '../settings.ts';
import { Secrets } from './secrets.ts';

const job = 'push';
const Data = z.object({ device: z.uuid(), item: z.uuid() });
const jobOptions = { retryLimit: 6, expireSeconds: 60, concurrency: 4 };
/** Seconds that a push service keeps a notice for a device that is off. */
const ttlSeconds = 86_400;
/** Milliseconds and bytes of the answer of a push service. */
const answerMsMax = 15_000;
const answerBytesMax = 16 * 1024;

interface DeviceRow {
  readonly id: string;
  readonly name: string;
  readonly addedAt: Date;
  readonly usedAt: Date | null;
}
interface Target {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
  readonly read: boolean;
}
interface Keys {
  readonly publicKey: string;
  readonly privateKey: string;
}

const columns = `id, name, added_at as "addedAt", used_at as "usedAt"`;
const deviceOf = ({ id, name, addedAt, usedAt }: DeviceRow): Device => ({
  id,
  name,
  addedAt: addedAt.toISOString(),
  usedAt: usedAt?.toISOString() ?? null,
});

/**
 * Web Push. What is sent names a line of the inbox and nothing more: the browser's push service learns no person, no
 * thing and no word. A device whose subscription ended is forgotten.
 */
@Injectable()
export class PushService implements OnModuleInit {
  readonly #logger = new Logger('notify');

  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly outbound: Outbound,
    private readonly secrets: Secrets,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  onModuleInit(): void {
    this.jobs.define(job, Data, (data) => this.#push(data), jobOptions);
  }

  async #keys(): Promise<Keys> {
    const { vapidPublicKey: publicKey, vapidPrivateKey: privateKey } = this.settings;
    if (publicKey && privateKey) return { publicKey, privateKey };
    return this.secrets.get('vapid', () => webPush.generateVAPIDKeys());
  }

  async key(): Promise<{ key: string }> {
    return { key: (await this.#keys()).publicKey };
  }

  async list(caller: Caller): Promise<{ devices: Device[] }> {
    const rows = await this.database.db.query<DeviceRow>(
      `select ${columns} from notify.device where person_id = $1 order by added_at`,
      [caller.id],
    );
    return { devices: rows.map(deviceOf) };
  }

  /** A browser that somebody else used before is theirs no longer. @throws Refused `bad-input`, `too-many-devices` */
  async add(caller: Caller, { endpoint, p256dh, auth, name }: InputOf<typeof addDevice>): Promise<Device> {
    await this.outbound.check(endpoint).catch((error: unknown) => {
      if (error instanceof OutboundError) throw Refused.badInput([{ path: 'endpoint', code: 'invalid' }]);
      throw error;
    });
    const row = await this.database.transaction(async (db) => {
      const [made] = await db.query<DeviceRow>(
        `insert into notify.device as old (person_id, endpoint, p256dh, auth, name) values ($1, $2, $3, $4, $5)
         on conflict (endpoint) do update set person_id = excluded.person_id, p256dh = excluded.p256dh,
           auth = excluded.auth, name = excluded.name returning ${columns}`,
        [caller.id, endpoint, p256dh, auth, name],
      );
      const [count] = await db.query<{ count: number }>(
        'select count(*)::int as count from notify.device where person_id = $1',
        [caller.id],
      );
      if ((count?.count ?? 0) > deviceListSizeMax) throw Refused.conflict('too-many-devices');
      return made as DeviceRow;
    });
    return deviceOf(row);
  }

  /** @throws Refused `not-found` for one that is not theirs */
  async remove(caller: Caller, id: string): Promise<typeof done> {
    const gone = await this.database.db.query(
      'delete from notify.device where id = $1 and person_id = $2 returning id',
      [id, caller.id],
    );
    if (gone.length === 0) throw Refused.notFound();
    return done;
  }

  /** Sends these lines to the devices of their people, in the caller's transaction. */
  async send(db: Db, lines: readonly { id: string; personId: number }[]): Promise<void> {
    if (lines.length === 0) return;
    const rows = await db.query<{ device: string; item: string }>(
      `select d.id as device, l.item from unnest($1::uuid[], $2::int[]) as l(item, person)
         join notify.device d on d.person_id = l.person`,
      [lines.map(({ id }) => id), lines.map(({ personId }) => personId)],
    );
    for (const data of rows) await this.jobs.send(db, job, data);
  }

  async #push({ device, item }: z.output<typeof Data>): Promise<void> {
    const [target] = await this.database.db.query<Target>(
      `select d.endpoint, d.p256dh, d.auth, i.read_at is not null as read
         from notify.device d join notify.item i on i.id = $2 and i.person_id = d.person_id where d.id = $1`,
      [device, item],
    );
    // It was read meanwhile, or the device is no longer theirs.
    if (!target || target.read) return;
    const { publicKey, privateKey } = await this.#keys();
    const { publicUrl, vapidContact } = this.settings;
    const usual = publicUrl.startsWith('https:') ? publicUrl : 'mailto:nobody@parvis.invalid';
    const request = webPush.generateRequestDetails(
      { endpoint: target.endpoint, keys: { p256dh: target.p256dh, auth: target.auth } },
      JSON.stringify({ item }),
      {
        vapidDetails: { subject: vapidContact ?? usual, publicKey, privateKey },
        TTL: ttlSeconds,
        contentEncoding: 'aes128gcm',
        urgency: 'high',
      },
    );
    await this.#deliver(device, request);
  }

  async #deliver(device: string, request: webPush.RequestDetails): Promise<void> {
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    const { status } = await this.outbound.call(request.endpoint, {
      method: 'POST',
      headers,
      ...(request.body ? { body: request.body } : {}),
      msMax: answerMsMax,
      bytesMax: answerBytesMax,
      longer: 'cut',
    });
    const { db } = this.database;
    if (status === 404 || status === 410) {
      await db.query('delete from notify.device where id = $1', [device]);
    } else if (status >= 200 && status < 300) {
      await db.query('update notify.device set used_at = now() where id = $1', [device]);
    } else if (status === 429 || status >= 500) {
      throw new Error(`the push service answered ${status}`);
    } else this.#logger.warn(`a push service refused with ${status}`);
  }
}
