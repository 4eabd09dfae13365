import { createClient } from '@redis/client';
import { channelOf } from './channel.ts';
import { Fanout, noticeTextOf } from './fanout.ts';

type Hear = (notice: unknown) => void;
type Client = ReturnType<typeof createClient>;

/** Milliseconds before the first and the slowest attempt to come back after a lost connection. */
const retryMsMin = 100;
const retryMsMax = 5_000;
/** Milliseconds a notice waits for a lost connection to come back before `publish` fails. */
const publishWaitMsMax = 5_000;
/** Milliseconds between two pings on a silent connection. */
const beatMs = 15_000;
const waitingCommandsMax = 10_000;

function backoff(retries: number): number {
  return Math.min(retryMsMin * 2 ** Math.min(retries, 10), retryMsMax) * (0.5 + Math.random() / 2);
}

/** Fan-out over Redis' publish and subscribe, with one connection for each. */
export class RedisFanout extends Fanout {
  readonly #teller: Client;
  readonly #listener: Client;
  readonly #onError: (error: unknown) => void;
  readonly #scope: string;
  readonly #hearers = new Map<string, Set<Hear>>();
  #closed = false;

  private constructor(url: string, onError: (error: unknown) => void) {
    super();
    this.#onError = onError;
    // Redis' channels do not know its database numbers; ours do, so that two houses can share one server.
    this.#scope = `${new URL(url).pathname.slice(1) || '0'}:`;
    const options = {
      url,
      socket: { reconnectStrategy: backoff, connectTimeout: 5_000, keepAlive: true },
      pingInterval: beatMs,
      commandsQueueMaxLength: waitingCommandsMax,
    };
    this.#teller = createClient(options) as Client;
    this.#listener = createClient(options) as Client;
    let before = false;
    this.#listener.on('ready', () => {
      if (before) this.#tellAll();
      before = true;
    });
    for (const client of [this.#teller, this.#listener])
      client.on('error', (error: unknown) => {
        if (!this.#closed) onError(error);
      });
  }

  /** Connects. @throws when Redis cannot be reached now; later losses are mended, and told to `onError`. */
  static async open(url: string, onError: (error: unknown) => void): Promise<RedisFanout> {
    const fanout = new RedisFanout(url, onError);
    try {
      await Promise.all([fanout.#first(fanout.#teller), fanout.#first(fanout.#listener)]);
    } catch (error) {
      await fanout.close();
      throw error;
    }
    return fanout;
  }

  /** The client's own `connect` tries for ever; the start of a service does not. */
  async #first(client: Client): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      client.once('error', reject);
      client.connect().then(() => resolve(), reject);
    });
  }

  #call(hear: Hear, notice: unknown): void {
    try {
      hear(notice);
    } catch (error) {
      this.#onError(error);
    }
  }

  #tellAll(): void {
    for (const hearers of this.#hearers.values()) for (const hear of [...hearers]) this.#call(hear, null);
  }

  #channel(topic: string): string {
    return this.#scope + channelOf(topic);
  }

  async publish(topic: string, notice: unknown): Promise<void> {
    const text = noticeTextOf(notice);
    if (this.#closed) throw new Error('the fan-out is closed');
    const abort = AbortSignal.timeout(publishWaitMsMax);
    await this.#teller.withAbortSignal(abort).publish(this.#channel(topic), text);
  }

  async subscribe(topic: string, hear: Hear): Promise<() => Promise<void>> {
    if (this.#closed) throw new Error('the fan-out is closed');
    const channel = this.#channel(topic);
    // One entry per call: the same function may listen twice.
    const own: Hear = (notice) => hear(notice);
    const hearers = this.#hearers.get(topic) ?? new Set();
    hearers.add(own);
    this.#hearers.set(topic, hearers);
    const listen = (text: string) => {
      let notice: unknown;
      try {
        notice = JSON.parse(text);
      } catch (error) {
        return this.#onError(error);
      }
      this.#call(own, notice);
    };
    await this.#listener.subscribe(channel, listen);
    return async () => {
      if (!hearers.delete(own)) return;
      if (hearers.size === 0 && this.#hearers.get(topic) === hearers) this.#hearers.delete(topic);
      if (!this.#closed) await this.#listener.unsubscribe(channel, listen);
    };
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#hearers.clear();
    for (const client of [this.#teller, this.#listener]) client.destroy();
  }
}
