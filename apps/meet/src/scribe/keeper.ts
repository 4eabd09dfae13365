import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Inject, Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Db } from '@parvis/access/db';
import { Database } from '@parvis/server/database';
import { type ServiceSettings, SETTINGS } from '@parvis/server/service';
import { Changed } from '../meeting/changed.ts';
import { Mirror } from '../room/mirror.ts';
import type { settings } from '../settings.ts';
import type { ScribeNews, ScribeOrders } from './process.ts';
import { isNeeded } from './wanted.ts';

/** Milliseconds between two looks whether a scribe is needed and is not there. */
const lookMs = 2_000;
/** Milliseconds that a scribe has to write down and save what it holds when the service stops. */
const stopMsMax = 6_000;
const fromSource = import.meta.url.endsWith('.ts');

/**
 * Keeps a scribe: a process of its own, started when a meeting wants one and again when it dies, so that the media
 * of a meeting cannot take the service with it.
 */
@Injectable()
export class ScribeKeeper implements OnModuleInit, OnModuleDestroy {
  readonly #logger = new Logger('scribe');
  /** Under this name the next scribe goes on where the last one died. */
  readonly #holder = randomUUID();
  #child: ChildProcess | null = null;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(
    private readonly database: Database,
    private readonly mirror: Mirror,
    private readonly changed: Changed,
    @Inject(SETTINGS) private readonly set: ServiceSettings<typeof settings>,
  ) {}

  onModuleInit(): void {
    this.#timer = setInterval(() => void this.look(), lookMs).unref();
  }

  /** Process id of the scribe that runs, or null. */
  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  /** Starts a scribe if one is needed and none runs. */
  async look(): Promise<void> {
    if (this.#child !== null || this.#stopped) return;
    const needed = await isNeeded(this.database.db, this.#holder).catch(() => false);
    if (needed && this.#child === null && !this.#stopped) this.#start();
  }

  #start(): void {
    const { livekitUrl, livekitApiKey, livekitApiSecret, databaseUrl, speechUrl, speechModel, speechKey } =
      this.set;
    if (!livekitUrl || !livekitApiKey || !livekitApiSecret || !databaseUrl) return;
    const orders: ScribeOrders = {
      databaseUrl,
      livekitUrl,
      livekitKey: livekitApiKey,
      livekitSecret: livekitApiSecret,
      speech: speechUrl === undefined ? null : { url: speechUrl, model: speechModel, key: speechKey },
      chromium: this.set.chromium ?? null,
      store: this.set,
      holder: this.#holder,
    };
    const file = fileURLToPath(new URL(`./process.${fromSource ? 'ts' : 'js'}`, import.meta.url));
    const child = fork(file, [], {
      execArgv: fromSource ? ['--conditions=source'] : ['--enable-source-maps'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#child = child;
    child.on('message', (news: ScribeNews) => void this.#tell(news.changed));
    child.once('error', (error) => this.#logger.error(error));
    child.once('exit', (code, signal) => {
      this.#child = null;
      if (code !== 0 && !this.#stopped) this.#logger.error(`the scribe ended with ${signal ?? code}`);
    });
    child.send(orders);
  }

  async #tell(uid: string): Promise<void> {
    try {
      await this.database.transaction((db: Db) => this.changed.sayKept(db, uid));
      await this.mirror.show(uid);
    } catch (error) {
      // The reconciler compares the rooms with the rows from time to time.
      this.#logger.error(error);
    }
  }

  async onModuleDestroy(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    const child = this.#child;
    if (child === null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), stopMsMax);
    await gone;
    clearTimeout(late);
  }
}
