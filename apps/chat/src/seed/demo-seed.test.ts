import { grant } from '@parvis/access/grants';
import { createPerson, type Person } from '@parvis/access/people';
import { createResource } from '@parvis/access/tree';
import { listChannels, listMessages, listUnread } from '@parvis/contract/chat';
import { type DemoKey, demoName, demoPeople, demoSpaces } from '@parvis/contract/demo';
import type { Served } from '@parvis/server/serve';
import { aHouse, type House } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chat } from '../service.ts';

let house: House;
const more: Served[] = [];
const people = new Map<DemoKey, Person>();

/** What the directory's own seed leaves behind, as far as chat looks at it. */
async function ministry(): Promise<void> {
  for (const [key, one] of Object.entries(demoPeople)) {
    const guest = one.kind === 'guest';
    const person = await createPerson(house.db, {
      name: demoName(one),
      email: one.email,
      kind: one.kind,
      locale: one.locale,
      sponsorId: guest ? (people.get('clarisse') as Person).id : null,
      endsAt: guest ? new Date(Date.now() + 86_400_000) : null,
    });
    await house.db.query('update access.person set uid = $2 where subject_id = $1', [person.id, one.id]);
    people.set(key as DemoKey, { ...person, uid: one.id });
  }
  for (const { id, name, owner, members, guests } of Object.values(demoSpaces)) {
    const ownerId = (people.get(owner) as Person).id;
    const space = await createResource(house.db, { kind: 'space', title: name, ownerId });
    await house.db.query('update access.resource set uid = $2 where id = $1', [space.id, id]);
    for (const key of [...members, ...guests]) {
      const subjectId = (people.get(key) as Person).id;
      await grant(house.db, { resourceUid: id, subjectId, role: 'commenter' }, ownerId);
    }
  }
}

beforeAll(async () => {
  house = await aHouse([chat], { CHAT_SEED: 'demo' });
  more.push(await house.another(chat));
  await ministry();
});
afterAll(async () => {
  for (const one of more) await one.close();
  await house?.stop();
});

test('the demonstration ministry gets its channels and their history once, also when two processes plant it', async () => {
  const [clarisse, amina, adele] = [
    await house.visitor(people.get('clarisse') as Person),
    await house.visitor(people.get('amina') as Person),
    await house.visitor(people.get('adele') as Person),
  ];
  const count = async () =>
    (await house.db.query<{ n: number }>('select count(*)::int as n from chat.message'))[0]?.n ?? 0;
  await expect.poll(count, { timeout: 30_000 }).toBeGreaterThanOrEqual(55);
  const planted = await count();
  more.push(await house.another(chat));
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(await count()).toBe(planted);
  const estuary = (await clarisse.call(listChannels, { id: demoSpaces.estuary.id })).channels;
  expect(estuary.map(({ title }) => title)).toEqual(['général', 'concertation', 'annonces']);
  const observatory = (await amina.call(listChannels, { id: demoSpaces.observatory.id })).channels;
  expect(observatory.map(({ title }) => title)).toEqual(['عام']);
  const id = estuary[0]?.id as string;
  const { messages, lastSeq } = await adele.call(listMessages, { id });
  expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_, index) => index + 1));
  expect(lastSeq).toBe(messages.length);
  expect(messages.map(({ at }) => at)).toEqual(messages.map(({ at }) => at).sort());
  expect(new Set(messages.map(({ sender }) => sender.name)).size).toBeGreaterThan(5);
  expect((await clarisse.call(listUnread, {})).channels).toContainEqual({
    channelId: id,
    spaceId: demoSpaces.estuary.id,
    unread: 3,
    mentions: 0,
  });
});
