import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { AccessChange } from '@parvis/access/notify';
import { load } from '@parvis/access/read';
import { meetFrameBytesMax } from '@parvis/contract/limits';
import { type MeetHearing, meetPath, MeetSaying } from '@parvis/contract/meet-lobby';
import type { Caller } from '@parvis/server/caller';
import { AccessChanges } from '@parvis/server/changes';
import { Database } from '@parvis/server/database';
import { Fanout } from '@parvis/server/fanout';
import { OneByOne } from '@parvis/server/one-by-one';
import { Refused } from '@parvis/server/refused';
import { Sockets, socketClose } from '@parvis/server/sockets';
import type { RawData, WebSocket } from 'ws';
import { WaitingService } from '../lobby/waiting.service.ts';
import { changedTopic } from '../meeting/changed.ts';
import { meetingByUid } from '../meeting/meeting-row.ts';
import { Meetings, waitingSeconds } from '../meeting/meetings.ts';
import { passHash } from '../room/attendees.ts';

/** Milliseconds whose changes are told together. */
const windowMs = 100;
/** Bytes that may wait for a page that does not read; it is closed above, and comes back. */
const waitingBytesMax = 1024 * 1024;
/** Milliseconds in which somebody without a session says who they are. */
const introduceMs = 10_000;
/** Milliseconds between two notes that whoever waits is still there. */
const beatMs = (waitingSeconds * 1000) / 3;

interface Page {
  readonly socket: WebSocket;
  readonly uid: string;
  readonly caller: Caller | null;
  pass: string | null;
  /** What was said last, so that nothing is said twice. */
  readonly said: Map<MeetHearing['t'], string>;
  /** What was read last is what is said last. */
  readonly tellings: OneByOne;
}

const pong = JSON.stringify({ t: 'pong' } satisfies MeetHearing);
const keptChanged = JSON.stringify({ t: 'kept' } satisfies MeetHearing);

/** `/ws/meet/<id>`: the meeting as it is for whoever sees it, the door for organisers, and one's own place before it. */
@Injectable()
export class MeetSocket implements OnModuleInit, OnModuleDestroy {
  readonly #pages = new Map<string, Set<Page>>();
  readonly #due = new Map<string, NodeJS.Timeout>();
  /** Meetings of which something that is kept has changed, until that is told. */
  readonly #kept = new Set<string>();
  readonly #logger = new Logger('meet');
  #beat: NodeJS.Timeout | undefined;
  #unsubscribe: (() => Promise<void>) | undefined;

  constructor(
    private readonly sockets: Sockets,
    private readonly database: Database,
    private readonly fanout: Fanout,
    private readonly changes: AccessChanges,
    private readonly meetings: Meetings,
    private readonly waiting: WaitingService,
  ) {}

  async onModuleInit(): Promise<void> {
    this.sockets.route({
      name: `${meetPath}/:id`,
      path: new RegExp(`^${meetPath}/([0-9a-f-]{36})$`),
      frameBytesMax: meetFrameBytesMax,
      open: (socket, caller, match) => this.#open(socket, match[1] as string, caller),
      openUnknown: (socket, match) => this.#open(socket, match[1] as string, null),
    });
    this.#beat = setInterval(() => this.#signOfLife(), beatMs).unref();
    this.changes.on((change) => this.#access(change));
    this.#unsubscribe = await this.fanout.subscribe(`meet.${changedTopic}`, (notice) => {
      const { meetingId: uid, kept } =
        (notice as { payload?: { meetingId?: string; kept?: boolean } } | null)?.payload ?? {};
      if (uid !== undefined && kept && this.#pages.has(uid)) this.#kept.add(uid);
      for (const one of uid === undefined ? this.#pages.keys() : [uid]) this.#later(one);
    });
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.#beat);
    for (const timer of this.#due.values()) clearTimeout(timer);
    await this.#unsubscribe?.();
  }

  async #open(socket: WebSocket, uid: string, caller: Caller | null): Promise<void> {
    const page: Page = { socket, uid, caller, pass: null, said: new Map(), tellings: new OneByOne() };
    const pages = this.#pages.get(uid) ?? new Set();
    this.#pages.set(uid, pages.add(page));
    const introduce = setTimeout(() => {
      if (caller === null && page.pass === null)
        this.sockets.close(socket, socketClose.noSession, 'no-session');
    }, introduceMs).unref();
    socket.on('close', () => {
      clearTimeout(introduce);
      pages.delete(page);
      if (pages.size === 0 && this.#pages.get(uid) === pages) this.#pages.delete(uid);
    });
    socket.on('message', (data, binary) => this.#hear(page, data, binary));
    if (caller !== null) await page.tellings.run(() => this.#tell(page));
  }

  #hear(page: Page, data: RawData, binary: boolean): void {
    const saying = binary ? undefined : read((data as Buffer).toString());
    if (saying === undefined) return this.sockets.close(page.socket, socketClose.badFrame, 'bad-frame');
    if (saying.t === 'ping') return this.#say(page, pong);
    page.pass = saying.pass;
    page.tellings.run(() => this.#tell(page)).catch((error: unknown) => this.#lost(page, error));
  }

  #access(change: AccessChange): void {
    if (change.all || change.subjects?.length) for (const uid of this.#pages.keys()) this.#later(uid);
    for (const uid of change.resources ?? []) this.#later(uid);
  }

  #later(uid: string): void {
    if (!this.#pages.has(uid) || this.#due.has(uid)) return;
    const timer = setTimeout(() => {
      this.#due.delete(uid);
      const kept = this.#kept.delete(uid);
      for (const page of this.#pages.get(uid) ?? [])
        page.tellings.run(() => this.#tell(page, kept)).catch((error: unknown) => this.#lost(page, error));
    }, windowMs);
    this.#due.set(uid, timer);
  }

  #lost(page: Page, error: unknown): void {
    if (!(error instanceof Refused)) this.#logger.warn(error);
    this.sockets.close(page.socket, socketClose.goingAway, 'going-away');
  }

  /** Says what has changed for this page. Whoever has neither a right nor a knock learns nothing. */
  async #tell(page: Page, kept = false): Promise<void> {
    const { caller, uid } = page;
    const seen =
      caller === null || page.pass !== null
        ? null
        : await load(this.database.db, caller, uid, { kind: 'meeting' });
    if (caller !== null && seen !== null) {
      const [meeting] = await this.meetings.present(caller, [seen]);
      if (meeting !== undefined) {
        this.#news(page, { t: 'state', meeting });
        if (kept) this.#say(page, keptChanged);
        if (meeting.myRole === 'organiser')
          this.#news(page, { t: 'waiting', waiting: await this.waiting.of(seen.id) });
      }
    }
    const state = await this.#admission(page);
    if (state !== null) this.#news(page, { t: 'admission', state });
    else if (seen === null && (caller !== null || page.pass !== null))
      this.sockets.close(page.socket, socketClose.notFound, 'not-found');
  }

  async #admission({
    uid,
    caller,
    pass,
  }: Page): Promise<'waiting' | 'admitted' | 'refused' | 'removed' | 'ended' | null> {
    const { db } = this.database;
    const row = await meetingByUid(db, uid);
    if (row === null) return null;
    const [knock] = await db.query<{ state: 'waiting' | 'admitted' | 'refused' | 'removed' }>(
      `update meet.knock set seen_at = now() where meeting_id = $1
          and case when $3::bytea is null then person_id = $2 else pass_hash = $3 and expires_at > now() end
        returning state`,
      [row.id, caller?.id ?? null, pass === null ? null : passHash(pass)],
    );
    if (knock === undefined) return null;
    return row.endedAt !== null && !row.comesAgain ? 'ended' : knock.state;
  }

  /** Whoever waits does so for as long as their page is open: telling it where it stands notes that it is there. */
  #signOfLife(): void {
    for (const uid of this.#pages.keys()) this.#later(uid);
  }

  #news(page: Page, hearing: MeetHearing): void {
    const text = JSON.stringify(hearing);
    if (page.said.get(hearing.t) === text) return;
    page.said.set(hearing.t, text);
    this.#say(page, text);
  }

  #say({ socket }: Page, text: string): void {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > waitingBytesMax)
      return this.sockets.close(socket, socketClose.slow, 'resume');
    socket.send(text);
  }
}

/** What a frame says, or undefined for what is no saying. */
function read(text: string): MeetSaying | undefined {
  try {
    return MeetSaying.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
