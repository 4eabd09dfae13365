import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { notifyFrameBytesMax } from '@parvis/contract/limits';
import { type NotifyHearing, notifyPath, NotifySaying } from '@parvis/contract/notify';
import type { AccessChange } from '@parvis/access/notify';
import type { Caller } from '@parvis/server/caller';
import { AccessChanges } from '@parvis/server/changes';
import { Database } from '@parvis/server/database';
import { OneByOne } from '@parvis/server/one-by-one';
import { socketClose, Sockets } from '@parvis/server/sockets';
import type { RawData, WebSocket } from 'ws';
import { Items } from '../inbox/items.ts';
import { Here } from '../presence/here.ts';
import { type Watcher, Watching } from '../presence/watching.ts';
import { News } from './news.ts';

/** Milliseconds whose changes are told together. */
const windowMs = 30;
/** Bytes that may wait for a page that does not read; it is closed above, and comes back. */
const waitingBytesMax = 256 * 1024;

interface Page extends Watcher {
  readonly socket: WebSocket;
  /** Lines to show, and whether each may be heard. */
  fresh: Map<string, boolean>;
  timer: NodeJS.Timeout | undefined;
  /** The count that was read last is the one that is said last. */
  readonly tellings: OneByOne;
}

/** `/ws/notify`: tells each screen of a person what their inbox says, the same on all. */
@Injectable()
export class NotifySocket implements OnModuleInit, OnModuleDestroy {
  readonly #pages = new Map<number, Set<Page>>();
  readonly #logger = new Logger('notify');

  constructor(
    private readonly sockets: Sockets,
    private readonly database: Database,
    private readonly items: Items,
    private readonly news: News,
    private readonly changes: AccessChanges,
    private readonly here: Here,
    private readonly watching: Watching,
  ) {}

  onModuleInit(): void {
    this.sockets.route({
      name: notifyPath,
      path: new RegExp(`^${notifyPath}$`),
      frameBytesMax: notifyFrameBytesMax,
      open: (socket, caller) => this.#open(socket, caller),
    });
    this.news.listen({
      inbox: (personId, fresh) => this.#inbox(personId, fresh),
      present: () => undefined,
      missed: () => this.#all(),
    });
    // What a person may see decides what their inbox shows.
    this.changes.on((change) => this.#changed(change));
  }

  onModuleDestroy(): void {
    for (const page of this.#each()) clearTimeout(page.timer);
  }

  *#each(): Iterable<Page> {
    for (const pages of this.#pages.values()) yield* pages;
  }

  async #open(socket: WebSocket, caller: Caller): Promise<void> {
    const page: Page = {
      socket,
      caller,
      fresh: new Map(),
      timer: undefined,
      tellings: new OneByOne(),
      say: (hearing) => this.#say(page, hearing),
    };
    const pages = this.#pages.get(caller.id) ?? new Set();
    this.#pages.set(caller.id, pages.add(page));
    socket.on('close', () => {
      clearTimeout(page.timer);
      this.here.leave(caller.id, page);
      this.watching.leave(page);
      pages.delete(page);
      if (pages.size === 0 && this.#pages.get(caller.id) === pages) this.#pages.delete(caller.id);
    });
    this.here.enter(caller.id, page, true);
    socket.on('message', (data, binary) => this.#hear(page, data, binary));
    await page.tellings.run(async () =>
      this.#say(page, { t: 'ready', unread: await this.items.unread(this.database.db, caller) }),
    );
  }

  #hear(page: Page, data: RawData, binary: boolean): void {
    const saying = binary ? undefined : read((data as Buffer).toString());
    if (saying === undefined) return this.sockets.close(page.socket, socketClose.badFrame, 'bad-frame');
    switch (saying.t) {
      case 'ping':
        return this.#say(page, { t: 'pong' });
      case 'idle':
        return this.here.enter(page.caller.id, page, !saying.idle);
      case 'watch':
        this.watching
          .watch(page, [...new Set(saying.people)])
          .catch((error: unknown) => this.#logger.warn(error));
    }
  }

  #inbox(personId: number, fresh: readonly { id: string; alert: boolean }[]): void {
    for (const page of this.#pages.get(personId) ?? []) {
      for (const { id, alert } of fresh) page.fresh.set(id, alert);
      this.#later(page);
    }
  }

  #changed(change: AccessChange): void {
    if (change.all) return this.#all();
    for (const id of change.subjects ?? []) this.#inbox(id, []);
    if ((change.resources?.length ?? 0) > 0) this.#all();
  }

  #all(): void {
    for (const page of this.#each()) this.#later(page);
  }

  #later(page: Page): void {
    page.timer ??= setTimeout(() => {
      page.timer = undefined;
      page.tellings.run(() => this.#tell(page)).catch((error: unknown) => this.#logger.warn(error));
    }, windowMs);
  }

  async #tell(page: Page): Promise<void> {
    const { fresh, caller } = page;
    page.fresh = new Map();
    const { db } = this.database;
    const wanted = { sql: 'i.id = any($4::uuid[])', params: [[...fresh.keys()]] };
    const shown = fresh.size === 0 ? [] : await this.items.read(db, caller, wanted, fresh.size);
    this.#say(page, {
      t: 'inbox',
      unread: await this.items.unread(db, caller),
      fresh: shown,
      alert: shown.filter(({ id, read: isRead }) => !isRead && fresh.get(id)).map(({ id }) => id),
    });
  }

  #say({ socket }: Page, hearing: NotifyHearing): void {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > waitingBytesMax)
      return this.sockets.close(socket, socketClose.slow, 'resume');
    socket.send(JSON.stringify(hearing));
  }
}

/** What a frame says, or undefined for what is no saying. */
function read(text: string): NotifySaying | undefined {
  try {
    return NotifySaying.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
