import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BlobStore } from '@parvis/blobs/blob-store';
import { storeOf, type StoreSettings } from '@parvis/blobs/store-of';
import { connect, type Database } from '@parvis/server/database';
import { saveRecording } from './saving.ts';
import { Session } from './session.ts';
import { askSpeech, type SpeechPlace } from './speech.ts';
import { SpeechLine } from './speech-line.ts';
import { endThoseOver, letGo, takeWanted } from './wanted.ts';

/** Milliseconds between two looks at what is wanted, and between two of the clock by which recordings are written. */
const lookMs = 1_000;
const tickMs = 100;
/** Meetings that one scribe sits in at once. */
const roomsMax = 8;
/** Milliseconds without anything to do after which it ends; it is started again when it is needed. */
const idleMsMax = 120_000;
/** Milliseconds after which a recording that cannot be saved is tried again. */
const saveAgainMs = 15_000;

/** What the service tells its scribe. */
export interface ScribeOrders {
  readonly databaseUrl: string;
  readonly livekitUrl: string;
  readonly livekitKey: string;
  readonly livekitSecret: string;
  readonly speech: SpeechPlace | null;
  /** Path of the Chromium that draws pictures; null where there is none. */
  readonly chromium: string | null;
  readonly store: StoreSettings;
  readonly holder: string;
}
/** What a scribe tells its service: that something of a meeting has changed. */
export interface ScribeNews {
  readonly changed: string;
}

/** What all sessions share. */
export interface Scribe {
  readonly database: Database;
  readonly livekitUrl: string;
  readonly livekitKey: string;
  readonly livekitSecret: string;
  readonly holder: string;
  /** Folder of recordings that are not saved yet. */
  readonly spool: string;
  readonly reserveBytes: number;
  readonly line: SpeechLine | null;
  readonly chromium: string | null;
  /** Recordings of which something is still on its way to the spool: they are not saved before it has arrived. */
  readonly draining: Map<string, Promise<void>>;
  changed(uid: string): void;
}

/** The meetings in which this process sits, and the recordings that it has to save. */
class Desk {
  readonly #scribe: Scribe & { line: SpeechLine | null };
  readonly #speech: SpeechPlace | null;
  readonly #store: BlobStore;
  readonly #sessions = new Map<number, Session>();
  readonly #triedAt = new Map<string, number>();
  #busyAt = Date.now();

  constructor(scribe: Scribe, speech: SpeechPlace | null, store: BlobStore) {
    this.#scribe = scribe;
    this.#speech = speech;
    this.#store = store;
  }

  get isIdle(): boolean {
    const busy = this.#sessions.size > 0 || this.#scribe.draining.size > 0;
    return !busy && Date.now() - this.#busyAt > idleMsMax;
  }

  tick(): void {
    for (const session of this.#sessions.values()) session.tick();
  }

  async look(): Promise<void> {
    const { database, holder } = this.#scribe;
    for (const uid of await endThoseOver(database.db)) this.#scribe.changed(uid);
    const wanted = await takeWanted(database.db, holder, roomsMax);
    if (wanted.some(({ captions }) => captions)) await this.#findEngine();
    const ids = new Set(wanted.map(({ id }) => id));
    for (const [id, session] of this.#sessions) if (!ids.has(id)) await this.#leave(id, session);
    await Promise.all(
      wanted.map((one) => {
        const session = this.#sessions.get(one.id) ?? new Session(this.#scribe, one);
        this.#sessions.set(one.id, session);
        return session.look(one);
      }),
    );
    if (wanted.length > 0) this.#busyAt = Date.now();
    await this.#save();
  }

  /** The engine may start after us; its name goes with every line. */
  async #findEngine(): Promise<void> {
    if (this.#scribe.line !== null || this.#speech === null) return;
    const said = await askSpeech(this.#speech).catch(() => null);
    if (said !== null) this.#scribe.line = new SpeechLine(this.#speech, said.model);
  }

  async #leave(id: number, session: Session): Promise<void> {
    this.#sessions.delete(id);
    await session.close();
    await letGo(this.#scribe.database.db, id, this.#scribe.holder);
  }

  /** Recordings that are over and whose sound lies here, or of which there never was any. */
  async #save(): Promise<void> {
    const { database, spool } = this.#scribe;
    // What lies in no spool that we see was never begun, or its machine is gone.
    const over = await database.db.query<{ id: string; old: boolean; uid: string }>(
      `select r.id, m.uid, r.ended_at < now() - case when r.holder is null then interval '20 seconds'
                                                   else interval '1 hour' end as old
         from meet.recording r join meet.meeting m on m.resource_id = r.meeting_id where r.state = 'saving'`,
    );
    const here = new Set(await readdir(spool).catch(() => []));
    for (const { id, old, uid } of over) {
      if ((!here.has(id) && !old) || this.#scribe.draining.has(id)) continue;
      if (Date.now() - (this.#triedAt.get(id) ?? 0) < saveAgainMs) continue;
      this.#busyAt = Date.now();
      this.#triedAt.set(id, this.#busyAt);
      try {
        await saveRecording(database, this.#store, { id, folder: join(spool, id) });
        this.#triedAt.delete(id);
        await database.db.query(
          `update meet.meeting set recording = '{"state":"off","by":null,"since":null}'
            where uid = $1 and recording ->> 'state' = 'saving'`,
          [uid],
        );
        this.#scribe.changed(uid);
      } catch {
        // The store is full or away: everything stays in the spool, and the next look tries again.
      }
    }
  }

  async close(): Promise<void> {
    await Promise.allSettled([...this.#sessions.values()].map((one) => one.close()));
    await Promise.allSettled(this.#scribe.draining.values());
    this.#scribe.line?.close();
  }
}

async function work(orders: ScribeOrders): Promise<void> {
  const database = await connect({ name: 'meet', url: orders.databaseUrl, entities: [], connectionsMax: 3 });
  const scribe = {
    database,
    livekitUrl: orders.livekitUrl,
    livekitKey: orders.livekitKey,
    livekitSecret: orders.livekitSecret,
    holder: orders.holder,
    spool: join(orders.store.dataFolder, 'scribe'),
    reserveBytes: orders.store.storeReserveBytes,
    line: null,
    chromium: orders.chromium,
    draining: new Map<string, Promise<void>>(),
    changed: (changed: string) => void process.send?.({ changed } satisfies ScribeNews),
  };
  const desk = new Desk(scribe, orders.speech, storeOf(orders.store, 'recordings'));
  let stopped = false;
  const stop = async () => {
    if (stopped) return;
    stopped = true;
    await desk.close().catch(() => undefined);
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());
  process.once('disconnect', () => void stop());
  const ticking = setInterval(() => desk.tick(), tickMs);
  while (!stopped && !desk.isIdle) {
    await desk.look().catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  }
  clearInterval(ticking);
  await stop();
}

process.once('message', (orders) => void work(orders as ScribeOrders).catch(() => process.exit(1)));
