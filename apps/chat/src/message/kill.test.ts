import { randomUUID } from 'node:crypto';
import { Module } from '@nestjs/common';
import { createChannel } from '@parvis/contract/chat';
import { Cluster } from '@parvis/testing/cluster';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { database } from '../database.ts';
import { Hand } from '../testing/hand.ts';
import { build, ChatProcess } from '../testing/process.ts';
import { aScreen, type Screen } from '../testing/screen.ts';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const kills = 20;
/** What is killed, round after round. `frozen`: the database is stopped first, with commits under way in it. */
const ways = ['service', 'database', 'both', 'service', 'frozen', 'services', 'database'] as const;
type Way = (typeof ways)[number];

/** Nothing is served in this process: it prepares the database and looks into it. */
@Module({})
class Nothing {}

let cluster: Cluster;
let house: House;
let processes: [ChatProcess, ChatProcess];
let people: Visitor[];
let space: string;

beforeAll(async () => {
  build();
  cluster = await Cluster.make(process.env.PARVIS_TEST_DATABASE_URL as string);
  house = await aHouse([{ name: 'chat', module: Nothing, database }], {}, cluster.url);
  processes = [await ChatProcess.start(house.env), await ChatProcess.start(house.env)];
  people = [];
  for (let nr = 0; nr < 3; nr += 1) people.push(await house.person({}, () => processes[0].url));
  space = (await house.space({ owner: people[0] as Visitor, members: people.slice(1) })).uid;
}, 400_000);
afterAll(async () => {
  await Promise.all((processes ?? []).map((one) => one.kill()));
  await house?.stop();
  await cluster?.remove();
});

async function aChannel(): Promise<string> {
  return (await (people[0] as Visitor).call(createChannel, { spaceId: space, name: randomUUID() })).id;
}

interface Row {
  readonly seq: number;
  readonly kind: string;
  /** What was sent at first, and what it says now. */
  readonly sent: string;
  readonly body: string;
  readonly deleted: boolean;
  readonly reactions: number;
}
/** A channel's log as it is in the table. */
async function rowsOf(channel: string): Promise<Row[]> {
  return house.db.query(
    `select m.seq::float8 as seq, m.kind, m.body, m.deleted_at is not null as deleted,
        coalesce((select r.body from chat.revision r where r.channel_id = m.channel_id and r.seq = m.seq
                   order by r.nr limit 1), m.body) as sent,
        (select count(*)::int from chat.reaction x where x.channel_id = m.channel_id and x.seq = m.seq) as reactions
       from chat.message m join chat.channel c on c.resource_id = m.channel_id where c.uid = $1 order by m.seq`,
    [channel],
  );
}

/** Everybody sends and changes their own at full speed, until told to stop. */
class Load {
  readonly acknowledged = new Map<string, number>();
  sent = 0;
  #running = false;
  #work: Promise<unknown> = Promise.resolve();
  readonly #channel: string;
  readonly #screens: Screen[];
  readonly #hands: Hand[];

  constructor(channel: string, screens: Screen[], hands: Hand[]) {
    this.#channel = channel;
    this.#screens = screens;
    this.#hands = hands;
  }

  start(): void {
    this.#running = true;
    this.#work = Promise.all([
      ...this.#screens.map((screen, who) => this.#send(screen, this.#hands[who] as Hand)),
      ...this.#hands.map((hand, who) => this.#change(hand, who)),
    ]);
  }

  async stop(): Promise<void> {
    this.#running = false;
    await this.#work;
  }

  async #send(screen: Screen, hand: Hand): Promise<void> {
    while (this.#running) {
      if (screen.unsent < 12) {
        const body = randomUUID();
        this.sent += 1;
        void screen.send(this.#channel, body).then((seq) => {
          this.acknowledged.set(body, seq);
          hand.mine.push({ seq, body });
        });
      }
      await pause(this.sent % 3 === 0 ? 1 : 0);
    }
  }

  /** One after another, so that it can be known what a message is in the end. */
  async #change(hand: Hand, who: number): Promise<void> {
    for (let nr = who; this.#running; nr += 1) {
      await pause(3);
      await hand.act((processes[nr % 2] as ChatProcess).url, nr + hand.acknowledged);
    }
  }
}

async function crash(way: Way): Promise<void> {
  if (way === 'frozen') {
    cluster.freeze();
    await pause(100);
    cluster.thaw();
  }
  const victims = way === 'services' ? processes : way === 'service' || way === 'both' ? [processes[0]] : [];
  const base = way === 'service' || way === 'services' ? [] : [cluster];
  await Promise.all([...victims, ...base].map((one) => one.kill()));
}

/** Changes that were acknowledged. */
function changesOf(hands: readonly Hand[]): number {
  return hands.reduce((sum, hand) => sum + hand.acknowledged, 0);
}

/** What went wrong between what was acknowledged and what is in the table: nothing of it may ever happen. */
function faultsOf(load: Load, rows: readonly Row[]) {
  const messages = rows.filter(({ kind }) => kind === 'message');
  const bySeq = new Map(messages.map((row) => [row.seq, row]));
  const lost = [...load.acknowledged].filter(([body, seq]) => {
    const row = bySeq.get(seq);
    return row === undefined || (!row.deleted && row.sent !== body);
  });
  return {
    lost: lost.length,
    twice: messages.length - load.sent,
    holes: rows.filter(({ seq }, index) => seq !== index + 1).length,
  };
}

test(`${kills} times kill -9, of the service and of PostgreSQL, under load: nothing acknowledged is lost, nothing is stored or shown twice, no screen has a hole`, {
  timeout: 900_000,
}, async () => {
  const channel = await aChannel();
  const hands = people.map(({ cookie }) => new Hand(channel, cookie));
  const screens = await Promise.all(
    people.map(({ cookie }, who) => aScreen((processes[who % 2] as ChatProcess).url, cookie)),
  );
  for (const screen of screens) screen.follow(channel);
  const load = new Load(channel, screens, hands);
  let interrupted = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    const before = [load.acknowledged.size, changesOf(hands)] as const;
    load.start();
    await pause(120 + ((kill * 97) % 260));
    // On a busy machine nothing may have been acknowledged yet: then nothing could be lost.
    await expect
      .poll(() => load.acknowledged.size > before[0] && changesOf(hands) > before[1], { interval: 1 })
      .toBe(true);
    await crash(ways[kill % ways.length] as Way);
    await load.stop();
    interrupted += screens.reduce((sum, screen) => sum + screen.unsent, 0);
    await cluster.start();
    for (const one of processes) if (one.ended) await one.start();
    for (const [who, screen] of screens.entries())
      await screen.open((processes[(who + kill) % 2] as ChatProcess).url);
    for (const screen of screens) await screen.until('everything acknowledged', () => screen.unsent === 0);
  }
  // The kills hit while something was under way; otherwise this proves nothing.
  expect(interrupted).toBeGreaterThan(kills);
  const rows = await rowsOf(channel);
  expect(faultsOf(load, rows)).toEqual({ lost: 0, twice: 0, holes: 0 });
  expect(load.acknowledged.size).toBe(load.sent);
  const bySeq = new Map(rows.map((row) => [row.seq, row]));
  for (const [seq, deed] of hands.flatMap((hand) => [...hand.deeds])) {
    const row = bySeq.get(seq) as Row;
    expect(deed.bodies).toContain(row.deleted ? null : row.body);
    if (deed.reacted && !row.deleted) expect(row.reactions).toBe(1);
  }
  const messages = rows.filter(({ kind }) => kind === 'message');
  const last = rows.at(-1)?.seq as number;
  for (const screen of screens) {
    await screen.until('the whole log', () => screen.taken(channel) === last);
    expect(screen.bodies(channel)).toEqual(messages.map(({ body }) => body));
    expect(screen.holes).toBe(0);
    screen.cut();
  }
  const changes = changesOf(hands);
  process.stdout.write(
    `${load.acknowledged.size} messages and ${changes} changes acknowledged over ${kills} kills, ${interrupted} of them interrupted: 0 lost, 0 twice, 0 holes\n`,
  );
});

test('the same load against a database that acknowledges before it writes is found to lose messages', {
  timeout: 600_000,
}, async () => {
  await house.db.query('alter system set synchronous_commit = off');
  await house.db.query("alter system set wal_writer_delay = '10s'");
  let lost = 0;
  for (let round = 0; round < 20 && lost === 0; round += 1) {
    await cluster.kill();
    await cluster.start();
    for (const one of processes) if (one.ended) await one.start();
    const channel = await aChannel();
    const screens = await Promise.all(people.map(({ cookie }) => aScreen(processes[0].url, cookie)));
    const load = new Load(
      channel,
      screens,
      people.map(({ cookie }) => new Hand(channel, cookie)),
    );
    load.start();
    await pause(300 + 100 * round);
    // On a busy machine little is acknowledged in a moment.
    await expect.poll(() => load.acknowledged.size).toBeGreaterThan(10);
    await cluster.kill();
    await load.stop();
    for (const screen of screens) screen.cut();
    await cluster.start();
    ({ lost } = faultsOf(load, await rowsOf(channel)));
  }
  expect(lost).toBeGreaterThan(0);
  process.stdout.write(`control: ${lost} acknowledged messages lost with synchronous_commit = off\n`);
});
