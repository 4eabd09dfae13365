import { createRequire } from 'node:module';
import { Inject, Injectable } from '@nestjs/common';
import type { PartStatus } from '@parvis/contract/status';
import { Database } from '@parvis/server/database';
import { SETTINGS } from '@parvis/server/service';
import type { z } from 'zod';
import type { DirectorySettings } from '../settings.ts';
import { answersHttp, answersLine } from './probes.ts';

// From src/ in the tests as from dist/ in production: both are one level below package.json.
const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };

type Part = z.infer<typeof PartStatus>;

/** The parts of the house, whether each answers, and what stands in for what. */
@Injectable()
export class Status {
  readonly #settings: DirectorySettings;
  readonly #database: Database;

  constructor(@Inject(SETTINGS) settings: DirectorySettings, database: Database) {
    this.#settings = settings;
    this.#database = database;
  }

  async get() {
    const { oidcIssuer, store, storeUrl, meetingsUrl, antivirusHost, redisUrl, profile } = this.#settings;
    const parts = await Promise.all([
      this.#part('database', 'postgres', () => this.#databaseAnswers()),
      this.#part('identity', 'keycloak', () => answersHttp(`${oidcIssuer}/.well-known/openid-configuration`)),
      store === 'folder'
        ? this.#part('store', 'store-folder', async () => true)
        : this.#part('store', storeUrl && 's3', () => answersHttp(storeUrl as string)),
      this.#part('meetings', meetingsUrl && 'livekit', () =>
        answersHttp((meetingsUrl as string).replace(/^ws/, 'http')),
      ),
      this.#part('antivirus', antivirusHost && 'clamav', () => this.#antivirusAnswers()),
      redisUrl
        ? this.#part('fan-out', 'redis', () => this.#redisAnswers())
        : this.#part('fan-out', 'postgres-notify', () => this.#databaseAnswers()),
    ]);
    return { profile, version, parts };
  }

  /** `detail` undefined: no such part is set up. What stands in for it is named, and is up with the house itself. */
  async #part(
    name: Part['name'],
    detail: string | undefined,
    answers: () => Promise<boolean>,
  ): Promise<Part> {
    const standIn = this.#settings.standIns?.find((one) => one.name === name);
    if (detail === undefined) {
      const isOff = standIn === undefined || standIn.detail.endsWith('-off');
      const state = isOff ? 'off' : 'up';
      return { name, state, detail: standIn?.detail ?? `${name}-off`, standIn: standIn !== undefined };
    }
    const up = await answers().catch(() => false);
    return {
      name,
      state: up ? 'up' : 'down',
      detail: standIn?.detail ?? detail,
      standIn: standIn !== undefined,
    };
  }

  async #databaseAnswers(): Promise<boolean> {
    return (await this.#database.db.query('select 1')).length === 1;
  }

  #antivirusAnswers(): Promise<boolean> {
    const { antivirusHost, antivirusPort } = this.#settings;
    return answersLine(antivirusHost as string, antivirusPort, 'zPING\0', /^PONG/);
  }

  /** A server that asks for a password has answered too. */
  #redisAnswers(): Promise<boolean> {
    const url = new URL(this.#settings.redisUrl as string);
    return answersLine(url.hostname, Number(url.port || 6379), 'PING\r\n', /^(\+PONG|-NOAUTH)/);
  }
}
