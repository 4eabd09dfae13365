import { randomInt, randomUUID } from 'node:crypto';
import { grant, revoke } from '@parvis/access/grants';
import { restore, trash } from '@parvis/access/moving';
import { load } from '@parvis/access/read';
import { createChannel, postMessage } from '@parvis/contract/chat';
import { searchMessages } from '@parvis/contract/chat-search';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chat } from '../service.ts';
import { Log } from './testing/log.ts';

const seed = Number(process.env.PARVIS_SEED ?? randomInt(2 ** 31));
const steps = 120;
const rounds = 3;
const roundsMax = 30;
const foundMin = 100;

/** Numbers between 0 and 1 that a seed decides. */
function seeded(from: number): () => number {
  let state = from;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
const random = seeded(seed);
const any = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;

/** Each is a stem of its own in the three languages. */
const words = ['digue', 'vasi', 'chenal', 'musoir', 'pont', 'mole', 'ميناء', 'سفينة'];

let house: House;
let log: Log;
const people: Visitor[] = [];
const channels: { id: string; owner: Visitor; inTrash: boolean }[] = [];

beforeAll(async () => {
  house = await aHouse([chat]);
  log = new Log(house);
  for (let nr = 0; nr < 4; nr++) people.push(await house.person());
  people.push(await house.person({ kind: 'guest' }));
  const members = people.filter(({ person }) => person.kind === 'member');
  for (const owner of members.slice(0, 2)) {
    const space = await house.space({ owner, members: [any(members)].filter((one) => one !== owner) });
    for (const channelKind of ['public', 'private', 'public'] as const) {
      const { id } = await owner.call(createChannel, {
        spaceId: space.uid,
        name: `C ${channels.length}`,
        channelKind,
      });
      channels.push({ id, owner, inTrash: false });
    }
  }
}, 300_000);
afterAll(() => house?.stop());

interface Said {
  readonly channelId: string;
  readonly seq: number;
  readonly senderId: number;
  readonly body: string;
  readonly at: Date;
  readonly gone: boolean;
}

function everything(): Promise<Said[]> {
  return house.db.query<Said>(
    `select c.uid as "channelId", m.seq::float8 as seq, m.sender_id as "senderId", m.body, m.at,
            m.deleted_at is not null or m.hidden_at is not null as gone
       from chat.message m join chat.channel c on c.resource_id = m.channel_id where m.kind = 'message'
      order by m.at desc, m.channel_id desc, m.seq desc`,
  );
}

const text = () => Array.from({ length: 1 + Math.floor(random() * 3) }, () => any(words)).join(' ');

async function step(): Promise<void> {
  const channel = any(channels);
  const person = any(people).person;
  const dice = random();
  if (dice < 0.5) {
    if (!channel.inTrash)
      await channel.owner.call(postMessage, { id: channel.id, clientId: randomUUID(), body: text() });
    return;
  }
  if (dice < 0.62) {
    await grant(
      house.db,
      { resourceUid: channel.id, subjectId: person.id, role: 'reader' },
      channel.owner.person.id,
    ).catch(() => {});
    return;
  }
  if (dice < 0.7) {
    if (person.id !== channel.owner.person.id) await revoke(house.db, channel.id, person.id).catch(() => {});
    return;
  }
  if (dice < 0.74) {
    if (channel.inTrash) await restore(house.db, channel.id);
    else await trash(house.db, channel.id, channel.owner.person.id);
    channel.inTrash = !channel.inTrash;
    return;
  }
  const said = (await everything()).filter((one) => !one.gone);
  if (said.length === 0) return;
  const { channelId, seq } = any(said);
  if (dice < 0.86) await log.edited(channelId, seq, text());
  else await log.gone(channelId, seq, dice < 0.93 ? 'deleted_at' : 'hidden_at');
}

/** The same question, answered by walking over everything and asking for each channel whether it may be seen. */
async function slowly(
  who: Visitor,
  wanted: { all: string[]; none: string[]; row?: string; from?: Visitor },
): Promise<string[]> {
  const visible = new Map<string, boolean>();
  for (const { id } of channels) visible.set(id, (await load(house.db, who.person, id)) !== null);
  return (await everything())
    .filter(({ channelId, gone, body, senderId }) => {
      const has = (word: string) => body.split(' ').includes(word);
      const sender = wanted.from === undefined || wanted.from.person.id === senderId;
      // The words of each script are kept in a row of their own.
      const latin = body
        .split(' ')
        .filter((word) => /^[a-z]/.test(word))
        .join(' ');
      const inRow = wanted.row === undefined || ` ${latin} `.includes(` ${wanted.row} `);
      const words = wanted.all.every(has) && !wanted.none.some(has);
      return visible.get(channelId) && !gone && sender && words && inRow;
    })
    .map(({ channelId, seq }) => `${channelId} ${seq}`);
}

async function fast(who: Visitor, q: string): Promise<string[]> {
  const found: string[] = [];
  let after: string | undefined;
  do {
    const page = await who.call(searchMessages, { q, limit: 20, ...(after === undefined ? {} : { after }) });
    found.push(...page.hits.map(({ channel, seq }) => `${channel.id} ${seq}`));
    after = page.next ?? undefined;
  } while (after !== undefined);
  return found;
}

test(`what is found is what a walk over everything finds, for everybody, nothing more and nothing less (seed ${seed})`, async () => {
  let found = 0;
  // A walk that never finds anything would agree with anything: some seeds need more rounds until enough is found.
  for (let round = 0; round < rounds || (found <= foundMin && round < roundsMax); round++) {
    for (let nr = 0; nr < steps / rounds; nr++) await step();
    await log.indexed();
    for (const who of people)
      for (const word of words.slice(0, 4)) {
        const [other, without, from] = [any(words), any(words), any(people)];
        const next = any(words.slice(0, 6));
        const questions: [string, Parameters<typeof slowly>[1]][] = [
          [word, { all: [word], none: [] }],
          [`${word} ${other}`, { all: [word, other], none: [] }],
          [`"${word} ${next}"`, { all: [], none: [], row: `${word} ${next}` }],
          [`${word} -${without}`, { all: [word], none: [without] }],
          [`${other} from:${from.person.uid}`, { all: [other], none: [], from }],
        ];
        for (const [q, wanted] of questions) {
          const expected = await slowly(who, wanted);
          found += expected.length;
          expect(await fast(who, q), `${who.person.name}: ${q}`).toEqual(expected);
        }
      }
  }
  expect(found).toBeGreaterThan(foundMin);
}, 240_000);

test('years of messages, month by month: somebody who sees much is answered as somebody who sees little', async () => {
  await house.db.query(
    `with c as (select resource_id as id, last_seq, row_number() over (order by resource_id) as nr from chat.channel),
      added as (
        insert into chat.message (channel_id, seq, sender_id, client_id, body, at)
        select c.id, c.last_seq + g, $1, gen_random_uuid(), 
               ($2::text[])[(g * c.nr + g / 7) % 8 + 1] || case when g % 3 = 0 then ' ' || ($2::text[])[g % 8 + 1] else '' end,
               now() - interval '1 day' * (70 - g) * (10 + c.nr)
          from c, generate_series(1, 70) g)
     update chat.channel set last_seq = last_seq + 70`,
    [people[0]?.person.id, words],
  );
  await log.indexed();
  const ask = (narrow: boolean, since: string, below: string) =>
    house.db.query<{ found: string[] | null }>(
      `with ch as (select array_agg(resource_id) as ids, array_agg(0::bigint) as afters from chat.channel)
       select (select array_agg(f.channel_id || ' ' || f.seq)
                 from ch, chat.search_find(q, ids, afters, $1, $2, 'infinity', $3, 9e18::bigint, 9e18::bigint, 15) f) as found
         from unnest(array['digu', 'chenal & !pont', 'chenal | pont | mol', 'digu & pont', '(digu | chenal | pont) <-> (vas | mol | pont)',
                '(chenal <-> pont | vas) & +', 'pont & !(digu <-> pont)', '+']::tsquery[]) q`,
      [narrow, since, below],
    );
  for (const [since, below] of [
    ['-infinity', 'infinity'],
    ['-infinity', new Date(Date.now() - 200 * 86_400_000).toISOString()],
    [new Date(Date.now() - 100 * 86_400_000).toISOString(), 'infinity'],
  ] as const) {
    const wide = await ask(false, since, below);
    expect(wide).toEqual(await ask(true, since, below));
    expect(wide.at(-1)?.found).toHaveLength(15);
    expect(wide[4]?.found?.length).toBeGreaterThan(0);
  }
});
