import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { ChatHearing } from '@parvis/contract/chat';
import { ThreadPlace } from '@parvis/contract/chat-thread';
import { Fanout } from '@parvis/server/fanout';
import { z } from 'zod';
import type { Head } from '../message/message.log.ts';
import { Following } from './following.ts';

const topic = 'chat';
/** Channels or people named by one notice, to stay under the fan-out's size. */
const headsPerNotice = 100;
/** Milliseconds between two rounds of heads: the first goes at once, a flood costs fifty a second. */
const headsMs = 20;

/** What processes of this service tell one another. Any of it may be lost: the table is the truth. */
const Notice = z.object({
  /** Channel, its last position, and the count of messages there. */
  grown: z.array(z.tuple([z.string(), z.int(), z.int()])).optional(),
  /** Channel and the person who types. */
  typing: z.tuple([z.string(), z.int()]).optional(),
  /** Channel, person, position read, and the count of messages there. */
  seen: z.tuple([z.string(), z.int(), z.int(), z.int()]).optional(),
  /** Person, and where they stand in a thread. */
  thread: z.tuple([z.int(), ThreadPlace]).optional(),
  /** Person, and what their own sockets are told. */
  own: z.tuple([z.int(), ChatHearing]).optional(),
  /** Which process says it; it has shown its own already. */
  from: z.string(),
});
type Notice = z.infer<typeof Notice>;

/** Tells the other processes what this one stored, and hears from them. Heads that come soon after others are merged. */
@Injectable()
export class Notices implements OnModuleInit, OnModuleDestroy {
  readonly #self = crypto.randomUUID();
  readonly #heads = new Map<string, Head>();
  #publishing = false;
  #stop: (() => Promise<void>) | undefined;

  constructor(
    private readonly fanout: Fanout,
    private readonly following: Following,
  ) {}

  async onModuleInit(): Promise<void> {
    this.#stop = await this.fanout.subscribe(topic, (notice) => this.#hear(notice));
  }

  async onModuleDestroy(): Promise<void> {
    await this.#stop?.().catch(() => {});
  }

  head(channelUid: string, head: Head): void {
    if ((this.#heads.get(channelUid)?.seq ?? 0) < head.seq) this.#heads.set(channelUid, head);
    if (!this.#publishing) void this.#publishHeads();
  }

  typing(channelUid: string, personId: number): void {
    void this.#publish({ typing: [channelUid, personId], from: this.#self });
  }

  read(channelUid: string, personId: number, { seq, nr }: Head): void {
    void this.#publish({ seen: [channelUid, personId, seq, nr], from: this.#self });
  }

  thread(personId: number, place: ThreadPlace): void {
    void this.#publish({ thread: [personId, place], from: this.#self });
  }

  /** Tells a person's own sockets, here and elsewhere, something that is theirs alone. */
  own(personId: number, hearing: ChatHearing): void {
    this.following.tell(personId, hearing);
    void this.#publish({ own: [personId, hearing], from: this.#self });
  }

  async #publishHeads(): Promise<void> {
    this.#publishing = true;
    while (this.#heads.size > 0) {
      const from = performance.now();
      const grown: [string, number, number][] = [];
      for (const [uid, { seq, nr }] of this.#heads) {
        if (grown.length >= headsPerNotice) break;
        grown.push([uid, seq, nr]);
        this.#heads.delete(uid);
      }
      await this.#publish({ grown, from: this.#self });
      if (this.#heads.size < headsPerNotice) await pause(Math.max(0, from + headsMs - performance.now()));
    }
    this.#publishing = false;
  }

  /** A notice that is not delivered costs the others a moment, nothing else. */
  async #publish(notice: Notice): Promise<void> {
    await this.fanout.publish(topic, notice).catch(() => {});
  }

  #hear(notice: unknown): void {
    if (notice === null) return this.following.lookAtHeads();
    // Its own come back to each process, fifty a second in a crowd: they are not read.
    if (typeof notice === 'object' && (notice as Partial<Notice>).from === this.#self) return;
    const parsed = Notice.safeParse(notice);
    if (!parsed.success) return;
    const { grown, typing, seen, thread, own } = parsed.data;
    for (const [uid, seq, nr] of grown ?? []) this.following.grew(uid, { seq, nr });
    if (typing) this.following.typing(...typing);
    if (thread) this.following.thread(...thread);
    if (own) this.following.tell(...own);
    if (seen) {
      const [uid, person, seq, nr] = seen;
      this.following.read(uid, person, { seq, nr });
    }
  }
}
