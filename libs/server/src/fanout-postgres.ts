import pg from 'pg';
import { channelOf } from './channel.ts';
import { Fanout, noticeTextOf } from './fanout.ts';

/** Milliseconds before the first and the slowest attempt to come back after a lost connection. */
const retryMsMin = 100;
const retryMsMax = 5_000;
/** Milliseconds between two questions to a silent connection, and the longest wait for any answer. */
const beatMs = 15_000;
const answerMsMax = 5_000;
/** Milliseconds a notice waits for a lost connection to come back before `publish` fails. */
const publishWaitMsMax = 5_000;

type Hear = (notice: unknown) => void;

/**
 * Fan-out over LISTEN and NOTIFY on one connection of its own: notices of one process arrive in the order of
 * publishing, and a lost connection is noticed once for listening and telling.
 */
export class PostgresFanout extends Fanout {
  readonly #url: string;
  readonly #onError: (error: unknown) => void;
  readonly #hearers = new Map<string, Set<Hear>>();
  readonly #topics = new Map<string, string>();
  #client: pg.Client | undefined;
  #connected: Promise<void> = Promise.resolve();
  /** The statement before: a connection does one at a time. */
  #before: Promise<unknown> = Promise.resolve();
  #closed = false;
  readonly #beat: NodeJS.Timeout;

  private constructor(url: string, onError: (error: unknown) => void) {
    super();
    this.#url = url;
    this.#onError = onError;
    this.#beat = setInterval(() => void this.#check(), beatMs).unref();
  }

  /** Connects. @throws when the database cannot be reached now; later losses are mended, and told to `onError`. */
  static async open(url: string, onError: (error: unknown) => void): Promise<PostgresFanout> {
    const fanout = new PostgresFanout(url, onError);
    try {
      await fanout.#connect();
    } catch (error) {
      await fanout.close();
      throw error;
    }
    return fanout;
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#url,
      application_name: 'parvis-fanout',
      keepAlive: true,
      connectionTimeoutMillis: answerMsMax,
      query_timeout: answerMsMax,
    });
    client.on('notification', ({ channel, payload }) => this.#tell(channel, payload));
    client.on('error', (error) => this.#lost(client, error));
    client.on('end', () => this.#lost(client, new Error('the fan-out connection ended')));
    try {
      await client.connect();
      // A notice is not data: nobody waits for the disk.
      await client.query('set synchronous_commit = off');
      const listens = [...this.#topics.keys()].map((channel) => `listen "${channel}"`);
      if (listens.length > 0) await client.query(listens.join('; '));
    } catch (error) {
      client.end().catch(() => undefined);
      throw error;
    }
    if (this.#closed) return void client.end().catch(() => undefined);
    this.#client = client;
  }

  #lost(client: pg.Client, error: unknown): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    this.#before = Promise.resolve();
    client.end().catch(() => undefined);
    if (this.#closed) return;
    this.#onError(error);
    this.#connected = this.#comeBack();
  }

  async #comeBack(): Promise<void> {
    for (let wait = retryMsMin; !this.#closed; wait = Math.min(wait * 2, retryMsMax)) {
      await new Promise((resolve) => setTimeout(resolve, wait * (0.5 + Math.random() / 2)));
      if (this.#closed) return;
      try {
        await this.#connect();
      } catch (error) {
        this.#onError(error);
        continue;
      }
      // Whatever was told meanwhile is gone: everybody looks again.
      for (const hearers of this.#hearers.values()) for (const hear of hearers) this.#call(hear, null);
      return;
    }
  }

  async #check(): Promise<void> {
    const client = this.#client;
    if (client) await this.#ask(client, 'select 1').catch((error: unknown) => this.#lost(client, error));
  }

  #ask(client: pg.Client, sql: string, params: unknown[] = []): Promise<unknown> {
    const answer = this.#before.then(() => client.query(sql, params));
    this.#before = answer.catch(() => undefined);
    return answer;
  }

  #tell(channel: string, payload: string | undefined): void {
    const topic = this.#topics.get(channel);
    const hearers = topic === undefined ? undefined : this.#hearers.get(topic);
    if (!hearers || hearers.size === 0) return;
    let notice: unknown;
    try {
      notice = JSON.parse(payload ?? '');
    } catch (error) {
      return this.#onError(error);
    }
    for (const hear of [...hearers]) this.#call(hear, notice);
  }

  #call(hear: Hear, notice: unknown): void {
    try {
      hear(notice);
    } catch (error) {
      this.#onError(error);
    }
  }

  async publish(topic: string, notice: unknown): Promise<void> {
    const text = noticeTextOf(notice);
    const client = this.#client ?? (await this.#back());
    await this.#ask(client, 'select pg_notify($1, $2)', [channelOf(topic), text]);
  }

  async #back(): Promise<pg.Client> {
    if (!this.#closed) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, publishWaitMsMax);
      });
      await Promise.race([this.#connected, late]);
      clearTimeout(timer);
    }
    if (!this.#client)
      throw new Error(this.#closed ? 'the fan-out is closed' : 'the fan-out has no connection');
    return this.#client;
  }

  async subscribe(topic: string, hear: Hear): Promise<() => Promise<void>> {
    if (this.#closed) throw new Error('the fan-out is closed');
    const channel = channelOf(topic);
    // One entry per call: the same function may listen twice.
    const own: Hear = (notice) => hear(notice);
    const hearers = this.#hearers.get(topic) ?? new Set();
    hearers.add(own);
    this.#hearers.set(topic, hearers);
    this.#topics.set(channel, topic);
    await this.#say(`listen "${channel}"`);
    return async () => {
      if (!hearers.delete(own) || hearers.size > 0 || this.#hearers.get(topic) !== hearers) return;
      this.#hearers.delete(topic);
      this.#topics.delete(channel);
      if (this.#client) await this.#ask(this.#client, `unlisten "${channel}"`).catch(() => undefined);
    };
  }

  /** LISTEN now; when the connection is lost meanwhile, coming back listens to everything anyway. */
  async #say(listen: string): Promise<void> {
    const client = this.#client;
    if (client) {
      try {
        await this.#ask(client, listen);
        return;
      } catch (error) {
        this.#lost(client, error);
      }
    }
    await this.#connected;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#beat);
    this.#hearers.clear();
    this.#topics.clear();
    const client = this.#client;
    this.#client = undefined;
    await client?.end().catch(() => undefined);
  }
}
