import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Fanout } from '@parvis/server/fanout';
import { z } from 'zod';
import { Following } from './following.ts';

const topic = 'chat';
/** Channels or people named by one notice, to stay under the fan-out's size. */
const headsPerNotice = 100;

/** What processes of this service tell one another. Any of it may be lost: the table is the truth. */
const Notice = z.object({
  /** Channel, first and last position added. */
  heads: z.array(z.tuple([z.string(), z.int(), z.int()])).optional(),
  /** Channel and the person who types. */
  typing: z.tuple([z.string(), z.int()]).optional(),
  /** Channel, person, position read. */
  read: z.tuple([z.string(), z.int(), z.int()]).optional(),
  /** Which process says it; it has shown its own already. */
  from: z.string(),
});
type Notice = z.infer<typeof Notice>;

/** Tells the other processes what this one stored, and hears from them. Heads that come during a publish are merged. */
@Injectable()
export class Notices implements OnModuleInit, OnModuleDestroy {
  readonly #self = crypto.randomUUID();
  readonly #heads = new Map<string, [first: number, last: number]>();
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

  head(channelUid: string, first: number, last: number): void {
    const waiting = this.#heads.get(channelUid);
    this.#heads.set(channelUid, [
      Math.min(first, waiting?.[0] ?? first),
      Math.max(last, waiting?.[1] ?? last),
    ]);
    if (!this.#publishing) void this.#publishHeads();
  }

  typing(channelUid: string, personId: number): void {
    void this.#publish({ typing: [channelUid, personId], from: this.#self });
  }

  read(channelUid: string, personId: number, seq: number): void {
    void this.#publish({ read: [channelUid, personId, seq], from: this.#self });
  }

  async #publishHeads(): Promise<void> {
    this.#publishing = true;
    while (this.#heads.size > 0) {
      const heads: [string, number, number][] = [];
      for (const [uid, [first, last]] of this.#heads) {
        if (heads.length >= headsPerNotice) break;
        heads.push([uid, first, last]);
        this.#heads.delete(uid);
      }
      await this.#publish({ heads, from: this.#self });
    }
    this.#publishing = false;
  }

  /** A notice that is not delivered costs the others a moment, nothing else. */
  async #publish(notice: Notice): Promise<void> {
    await this.fanout.publish(topic, notice).catch(() => {});
  }

  #hear(notice: unknown): void {
    if (notice === null) return this.following.lookAtHeads();
    const parsed = Notice.safeParse(notice);
    if (!parsed.success || parsed.data.from === this.#self) return;
    const { heads, typing, read } = parsed.data;
    for (const [uid, , last] of heads ?? []) this.following.grew(uid, last);
    if (typing) this.following.typing(...typing);
    if (read) this.following.read(...read);
  }
}
