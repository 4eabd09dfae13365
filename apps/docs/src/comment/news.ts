import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Fanout } from '@parvis/server/fanout';
import { Rooms } from '../live/rooms.ts';
import { commentChanged, type CommentChanged } from './change.ts';

/**
 * Tells the open editors of every process that comments changed. A notice may be lost: who comes back, or hears the
 * next one, asks for everything after what they have.
 */
@Injectable()
export class CommentNews implements OnModuleInit, OnModuleDestroy {
  readonly #fanout: Fanout;
  readonly #rooms: Rooms;
  #stop: (() => Promise<void>) | undefined;

  constructor(fanout: Fanout, rooms: Rooms) {
    this.#fanout = fanout;
    this.#rooms = rooms;
  }

  async onModuleInit(): Promise<void> {
    this.#stop = await this.#fanout.subscribe(`docs.${commentChanged}`, (notice) => {
      if (notice === null) return this.#rooms.tellComments(null, 0);
      const { documentId, rev } = (notice as { payload: CommentChanged }).payload;
      this.#rooms.tellComments(documentId, rev);
    });
  }

  async onModuleDestroy(): Promise<void> {
    await this.#stop?.();
  }
}
