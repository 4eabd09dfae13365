import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { AccessChange } from '@parvis/access/notify';
import { roles } from '@parvis/access/read';
import { FollowThings, noticesPath } from '@parvis/contract/doc-list';
import { noticeFrameBytesMax } from '@parvis/contract/limits';
import type { Caller } from '@parvis/server/caller';
import { AccessChanges } from '@parvis/server/changes';
import { Database } from '@parvis/server/database';
import { OneByOne } from '@parvis/server/one-by-one';
import { socketClose, Sockets } from '@parvis/server/sockets';
import type { RawData, WebSocket } from 'ws';

/** Milliseconds whose changes are told together. */
const windowMs = 50;
/** Bytes that may wait for a page that does not read; it is closed above, and asks again when it comes back. */
const waitingBytesMax = 64 * 1024;

interface Page {
  readonly socket: WebSocket;
  readonly caller: Caller;
  followed: Set<string>;
  changed: Set<string>;
  timer: NodeJS.Timeout | undefined;
  /** What was said last is what is followed, however long the question for it takes; notices wait for it. */
  readonly sayings: OneByOne;
}

/** Tells pages that what they show changed. A thing is followed only while its person may see it. */
@Injectable()
export class NoticesSocket implements OnModuleInit, OnModuleDestroy {
  readonly #pages = new Set<Page>();
  readonly #sockets: Sockets;
  readonly #database: Database;
  readonly #changes: AccessChanges;
  readonly #logger = new Logger('docs');

  constructor(sockets: Sockets, database: Database, changes: AccessChanges) {
    this.#sockets = sockets;
    this.#database = database;
    this.#changes = changes;
  }

  onModuleInit(): void {
    this.#sockets.route({
      name: noticesPath,
      path: new RegExp(`^${noticesPath}$`),
      frameBytesMax: noticeFrameBytesMax,
      open: (socket, caller) => this.#open(socket, caller),
    });
    this.#changes.on((change) => this.#hear(change));
  }

  onModuleDestroy(): void {
    for (const page of this.#pages) clearTimeout(page.timer);
  }

  #open(socket: WebSocket, caller: Caller): void {
    const page: Page = {
      socket,
      caller,
      followed: new Set(),
      changed: new Set(),
      timer: undefined,
      sayings: new OneByOne(),
    };
    this.#pages.add(page);
    socket.on('close', () => {
      this.#pages.delete(page);
      clearTimeout(page.timer);
    });
    socket.on('message', (data, isBinary) => {
      page.sayings
        .run(() => this.#follow(page, data, isBinary))
        .catch((error: unknown) => {
          this.#logger.error(String(error));
          this.#sockets.close(socket, 1011, 'internal');
        });
    });
  }

  /** What this page shows from now on, in place of what it did; what its person may not see is left out without a word. */
  async #follow(page: Page, data: RawData, isBinary: boolean): Promise<void> {
    if (page.socket.readyState !== page.socket.OPEN) return;
    const wanted = isBinary ? null : FollowThings.safeParse(parsed(String(data)));
    if (!wanted?.success) return this.#sockets.close(page.socket, socketClose.badFrame, 'frame-malformed');
    const seen = await roles(this.#database.db, page.caller, wanted.data.follow);
    page.followed = new Set(seen.keys());
    // What changed between the page's own question and this moment is not known here: the page asks once more.
    if (page.socket.readyState === page.socket.OPEN) page.socket.send(JSON.stringify({ changed: [] }));
  }

  #hear(change: AccessChange): void {
    const subjects = new Set(change.subjects ?? []);
    for (const page of this.#pages) {
      const all = change.all || subjects.has(page.caller.id);
      const named = all ? page.followed : (change.resources ?? []).filter((uid) => page.followed.has(uid));
      for (const uid of named) page.changed.add(uid);
      if (page.changed.size > 0)
        page.timer ??= setTimeout(() => void page.sayings.run(() => this.#tell(page)), windowMs);
    }
  }

  /**
   * Tells the page what changed so far, and no longer follows what its person may not see any more: a thing that was
   * taken away is told of once. The right is asked for first, so that nothing that changes after is told.
   */
  async #tell(page: Page): Promise<void> {
    page.timer = undefined;
    const followed = [...page.changed].filter((uid) => page.followed.has(uid));
    page.changed.clear();
    if (followed.length === 0 || page.socket.readyState !== page.socket.OPEN) return;
    if (page.socket.bufferedAmount > waitingBytesMax)
      return this.#sockets.close(page.socket, socketClose.slow, 'slow');
    try {
      const seen = await roles(this.#database.db, page.caller, followed);
      for (const uid of followed) if (!seen.has(uid)) page.followed.delete(uid);
    } catch (error) {
      this.#logger.warn(String(error));
    }
    if (page.socket.readyState === page.socket.OPEN) page.socket.send(JSON.stringify({ changed: followed }));
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
