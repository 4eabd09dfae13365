import { randomInt, randomUUID } from 'node:crypto';
import { createChannel, postMessage } from '@parvis/contract/chat';
import { searchMessages } from '@parvis/contract/chat-search';
import { aHouse, type House, Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chat } from '../service.ts';
import { build, ChatProcess } from '../testing/process.ts';
import { Log } from './testing/log.ts';

const seed = Number(process.env.PARVIS_SEED ?? randomInt(2 ** 31));
const rounds = 4;
const senders = 8;
/** Milliseconds of a round before the process is killed, at most. */
const roundMsMax = 900;

let house: House;
let service: ChatProcess | undefined;

beforeAll(async () => {
  build();
  house = await aHouse([chat]);
}, 400_000);
afterAll(async () => {
  await service?.kill();
  await house?.stop();
});

/** Numbers between 0 and 1 that a seed decides. */
function seeded(from: number): () => number {
  let state = from;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

test(`each message that was acknowledged is found, and once, however often the process is killed (seed ${seed})`, async () => {
  const random = seeded(seed);
  const owner = await house.person();
  const space = await house.space({ owner });
  const { id } = await owner.call(createChannel, {
    spaceId: space.uid,
    name: 'Digue',
    channelKind: 'public',
  });
  const acknowledged: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const one = await ChatProcess.start(house.env);
    service = one;
    const who = new Visitor(owner.person, owner.cookie, () => one.url);
    const until = Date.now() + 100 + random() * roundMsMax;
    const sender = async () => {
      for (;;) {
        const sent = await who
          .call(postMessage, { id, clientId: randomUUID(), body: 'marégraphe' })
          .catch(() => null);
        if (sent === null) return;
        acknowledged.push(sent.seq);
      }
    };
    const sending = Array.from({ length: senders }, sender);
    const before = acknowledged.length;
    await new Promise((resolve) => setTimeout(resolve, until - Date.now()));
    // A busy machine may have acknowledged nothing yet: then nothing could be lost.
    await expect.poll(() => acknowledged.length).toBeGreaterThan(before);
    await one.kill();
    await Promise.all(sending);
  }
  const log = new Log(house);
  await log.indexed();
  const found = new Set<number>();
  for (let after: string | undefined, more = true; more; ) {
    const page = await owner.call(searchMessages, {
      q: 'maregraphe',
      limit: 50,
      ...(after === undefined ? {} : { after }),
    });
    for (const { seq } of page.hits) {
      expect(found.has(seq)).toBe(false);
      found.add(seq);
    }
    after = page.next ?? undefined;
    more = after !== undefined;
  }
  expect(acknowledged.filter((seq) => !found.has(seq))).toEqual([]);
  expect(await log.entries(id)).toBe(found.size);
}, 400_000);
