import { randomUUID } from 'node:crypto';
import { createChannel, listMessages } from '@parvis/contract/chat';
import type { Message } from '@parvis/contract/chat-entry';
import { deleteMessage, editMessage, pinMessage, reactToMessage } from '@parvis/contract/chat-message';
import { listAnswers } from '@parvis/contract/chat-thread';
import { Refusal } from '@parvis/contract/refusal';
import type { Served } from '@parvis/server/serve';
import { aHouse, type House, Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, expect } from 'vitest';
import { chat } from '../service.ts';
import { aScreen, type Screen } from '../testing/screen.ts';

let house: House;
let second: Served;

/** Numbers in [0, 1) that a seed repeats (mulberry32). */
function numbersFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

async function everything(visitor: Visitor, id: string): Promise<Message[]> {
  const all: Message[] = [];
  for (;;) {
    const { messages } = await visitor.call(listMessages, { id, after: all.at(-1)?.seq ?? 0, limit: 200 });
    if (messages.length === 0) return all;
    all.push(...messages);
  }
}

interface Game {
  readonly people: readonly Visitor[];
  readonly screens: readonly Screen[];
  readonly channels: readonly string[];
  /** Positions known to be stored, by channel: what was acknowledged to anybody. */
  readonly stored: Map<string, number[]>;
  /** Bodies that must be there at the end, as they were sent. */
  readonly sent: Map<string, Set<string>>;
  readonly urls: readonly string[];
  readonly next: () => number;
  /** What was asked for over HTTP and is under way. */
  readonly asked: Promise<unknown>[];
}

function pick<T>({ next }: Game, from: readonly T[]): T {
  return from[Math.floor(next() * from.length)] as T;
}

/** Sends to a channel, or answers in a thread of it. */
function say(game: Game, step: number): void {
  const channel = pick(game, game.channels);
  const root = game.next() < 0.25 ? pick(game, game.stored.get(channel) ?? []) : undefined;
  const body = `${step} ${randomUUID()}`;
  const more = root === undefined ? {} : { threadSeq: root, inChannel: game.next() < 0.3 };
  pick(game, game.screens)
    .send(channel, body, randomUUID(), more)
    .then(
      (seq) => {
        game.stored.get(channel)?.push(seq);
        game.sent.get(channel)?.add(body);
      },
      () => {},
    );
}

/** Changes any message: what is not allowed, or not there any more, is refused, and that is well. */
function change(game: Game, step: number): void {
  const id = pick(game, game.channels);
  const seq = pick(game, game.stored.get(id) ?? []);
  const who = pick(game, game.people);
  const dice = game.next();
  const on = game.next() < 0.7;
  const emoji = pick(game, ['👍', '🎉', ':parvis:']);
  if (seq === undefined) return;
  const act = () => {
    if (dice < 0.4) return who.call(reactToMessage, { id, seq, emoji, on });
    if (dice < 0.7) return who.call(editMessage, { id, seq, body: `edited ${step}` });
    if (dice < 0.85) return who.call(pinMessage, { id, seq, on });
    return who.call(deleteMessage, { id, seq });
  };
  game.asked.push(
    act().catch((error: unknown) => {
      // A machine that is too busy says so and is asked again by whoever wants it; everything else of ours is a fault.
      const isBusy = error instanceof Refusal && error.problem.code === 'unavailable';
      if (!(error instanceof Refusal) || (error.problem.status >= 500 && !isBusy)) throw error;
    }),
  );
}

async function aGame(seed: number): Promise<Game> {
  const next = numbersFrom(seed);
  const urls = [house.urlOf('chat'), second.url];
  const people = [await house.person(), await house.person(), await house.person()];
  const [owner, ...members] = people as [Visitor, Visitor, Visitor];
  // Half of what is said belongs to the person of the call, in turn over both processes.
  const elsewhere = members.map(({ person, cookie }) => new Visitor(person, cookie, () => second.url));
  const space = await house.space({ owner, members });
  const channels: string[] = [];
  for (const name of ['one', 'two'])
    channels.push((await owner.call(createChannel, { spaceId: space.uid, name })).id);
  const screens: Screen[] = [];
  for (const [nr, person] of [...people, owner].entries())
    screens.push(await aScreen(urls[nr % 2] as string, person.cookie));
  for (const screen of screens) screen.follow(...channels);
  return {
    people: [owner, ...elsewhere],
    screens,
    channels,
    urls,
    next,
    stored: new Map(channels.map((id) => [id, []])),
    sent: new Map(channels.map((id) => [id, new Set()])),
    asked: [],
  };
}

/**
 * Clients that send, change, cut and come back to either process; at the end every screen is what the table says.
 * @returns how many messages were compared
 */
async function play(seed: number, steps: number): Promise<number> {
  const game = await aGame(seed);
  const { screens, channels, urls, next } = game;
  for (let step = 0; step < steps; step += 1) {
    const dice = next();
    if (dice < 0.5) say(game, step);
    else if (dice < 0.72) change(game, step);
    else if (dice < 0.8) pick(game, screens).cut();
    else if (dice < 0.92) await pick(game, screens).open(pick(game, urls));
    else await new Promise((resolve) => setTimeout(resolve, next() * 8));
  }
  for (const screen of screens) await screen.open(pick(game, urls));
  for (const screen of screens) await screen.until('everything acknowledged', () => screen.unsent === 0);
  await Promise.all(game.asked);
  let compared = 0;
  for (const channel of channels) compared += await compare(game, channel);
  for (const screen of screens) screen.cut();
  return compared;
}

async function compare({ screens, people, sent }: Game, id: string): Promise<number> {
  const me = people[0] as Visitor;
  const { lastSeq } = await me.call(listMessages, { id, limit: 1 });
  for (const screen of screens) await screen.until('the whole log', () => screen.taken(id) === lastSeq);
  const fresh = await everything(me, id);
  const answers: Message[] = [];
  for (const { seq, thread } of fresh.filter(({ threadSeq }) => threadSeq === null)) {
    const page = await me.call(listAnswers, { id, seq, after: 0, limit: 200 });
    expect(page.root.thread?.replies ?? 0).toBe(page.answers.filter((one) => one.deletedAt === null).length);
    expect(page.root.thread).toEqual(thread);
    answers.push(...page.answers.filter(({ inChannel }) => !inChannel));
  }
  answers.sort((a, b) => a.seq - b.seq);
  for (const screen of screens) {
    expect(screen.shown.get(id)).toEqual(fresh);
    expect(screen.answers.get(id)).toEqual(answers);
    expect(screen.holes).toBe(0);
  }
  const rows = await house.db.query<{ seq: number; kind: string; sent: string; deleted: boolean }>(
    `select m.seq::float8 as seq, m.kind, m.deleted_at is not null as deleted, coalesce((select r.body from chat.revision r
        where r.channel_id = m.channel_id and r.seq = m.seq order by r.nr limit 1), m.body) as sent
       from chat.message m join chat.channel c on c.resource_id = m.channel_id where c.uid = $1 order by m.seq`,
    [id],
  );
  expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index + 1));
  const messages = rows.filter(({ kind }) => kind === 'message');
  expect(messages).toHaveLength(sent.get(id)?.size as number);
  for (const row of messages) if (!row.deleted) expect(sent.get(id)).toContain(row.sent);
  return messages.length;
}

/** Starts two processes, which hear of one another through what `open` gives, and gives {@link play}. */
export function fuzzOver(
  open: () => Promise<{ env: Record<string, string>; stop(): Promise<void> }>,
): typeof play {
  let stop: (() => Promise<void>) | undefined;
  beforeAll(async () => {
    const opened = await open();
    stop = opened.stop;
    house = await aHouse([chat], opened.env);
    second = await house.another(chat);
  }, 300_000);
  afterAll(async () => {
    await second?.close();
    await house?.stop();
    await stop?.();
  });
  return play;
}
