import { readUpdateHeader } from '../apps/docs/src/log/update-header.ts';
import { UpdateReader } from '../apps/docs/src/log/update-reader.ts';
import { Bytes } from './docs-bytes.ts';
import type { Server } from './docs-servers.ts';
import { RawClient, type Said } from './docs-wire.ts';

const words = 'ten chars.';

/** A Yjs update (v1) that adds `words` after what this client wrote last. */
function updateAfter(client: number, clock: number): Uint8Array {
  const bytes = new Bytes().uints(1, 1, client, clock);
  if (clock === 0) bytes.byte(4).uints(1).text('t');
  else bytes.byte(0x84).uints(client, clock - 1);
  return bytes.text(words).uints(0).done;
}

interface Person {
  readonly index: number;
  readonly client: number;
  readonly socket: RawClient;
  /** Clocks heard of each of the others. */
  readonly heard: Map<number, number>;
  clock: number;
  presenceClock: number;
  sentAt: number;
}

/** The people of one document. Each hears every update of every other, in order, or the pass is void. */
export class Circle {
  readonly #server: Server;
  readonly #documentId: string;
  readonly #people: Person[] = [];
  readonly #byClient = new Map<number, Person>();
  #ready = 0;
  #next = 0;
  /** Whether each answers what their neighbour heard of them with another update. */
  #goesOn = false;
  delivered = 0;
  presences = 0;
  /** Milliseconds until the server said that an update is kept. */
  acks: number[] = [];

  constructor(server: Server, documentId: string) {
    this.#server = server;
    this.#documentId = documentId;
  }

  async join(people: number, cookie: string): Promise<void> {
    const { dialect, port } = this.#server;
    for (let index = 0; index < people; index++) {
      const client = Math.floor(Math.random() * 2 ** 31);
      let person: Person | null = null;
      // What comes before the client is in is no update.
      const hear = (message: Uint8Array) => person !== null && this.#hear(person, dialect.read(message));
      const at = { port, path: dialect.path(this.#documentId), cookie, subprotocol: dialect.subprotocol };
      const socket = await RawClient.open(at, hear);
      person = { index, client, socket, heard: new Map(), clock: 0, presenceClock: 0, sentAt: 0 };
      this.#people.push(person);
      this.#byClient.set(client, person);
      socket.send(...dialect.hello(this.#documentId));
    }
    // The relay knows no document and answers nobody.
    const wanted = this.#server.name === 'relay' ? 0 : people;
    for (let i = 0; this.#ready < wanted; i++) {
      if (i > 3_000) throw new Error(`${this.#server.name} does not answer`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** One update of the next of them. */
  sendNext(): void {
    this.#send(this.#people[this.#next++ % this.#people.length] as Person, 1);
  }

  #send(one: Person, count: number): void {
    if (one.sentAt === 0) one.sentAt = performance.now();
    for (let i = 0; i < count; i++) {
      const update = updateAfter(one.client, one.clock);
      one.clock += words.length;
      one.socket.send(this.#server.dialect.sync(this.#documentId, 2, update));
    }
  }

  get size(): number {
    return this.#people.length;
  }

  /** One of them says where their cursor is. */
  point(index: number): void {
    const one = this.#people[index] as Person;
    one.presenceClock += 1;
    const cursor = { anchor: { item: { client: one.client, clock: one.clock } }, step: one.presenceClock };
    const state = JSON.stringify({ user: { name: 'Person', color: '#123456' }, cursor });
    const states = new Bytes().uints(1, one.client, one.presenceClock).text(state).done;
    one.socket.send(this.#server.dialect.presence(this.#documentId, states));
  }

  #hear(one: Person, { kind, bytes }: Said): void {
    if (kind === 'ack' && one.sentAt > 0) {
      this.acks.push(performance.now() - one.sentAt);
      one.sentAt = 0;
    } else if (kind === 'answer') this.#ready += 1;
    else if (kind === 'update') this.#update(one, bytes);
    else if (kind === 'presence') this.#presence(one, bytes);
  }

  #update(one: Person, bytes: Uint8Array): void {
    for (const { client, from, to } of readUpdateHeader(bytes).added) {
      const sender = this.#byClient.get(client);
      if (sender === undefined || sender === one) continue;
      const known = one.heard.get(client) ?? 0;
      if (from > known) throw new Error(`${this.#server.name}: an update was not delivered`);
      if (to <= known) continue;
      one.heard.set(client, to);
      const updates = (to - known) / words.length;
      this.delivered += updates;
      if (this.#goesOn && one.index === (sender.index + 1) % this.#people.length) this.#send(sender, updates);
    }
  }

  /** Each has so many updates on their way at any time: another goes when a neighbour has heard one. */
  begin(underWay: number): void {
    this.#goesOn = true;
    for (const one of this.#people) this.#send(one, underWay);
  }

  end(): void {
    this.#goesOn = false;
  }

  #presence(one: Person, bytes: Uint8Array): void {
    const reader = new UpdateReader(bytes);
    for (let left = reader.varUint(); left > 0; left--) {
      if (reader.varUint() !== one.client) this.presences += 1;
      reader.varUint();
      reader.bytes();
    }
  }

  /** @throws Error unless everybody has heard everything of everybody else */
  async settle(): Promise<void> {
    const complete = () =>
      this.#people.every((one) =>
        this.#people.every((other) => other === one || (one.heard.get(other.client) ?? 0) === other.clock),
      );
    for (let i = 0; !complete(); i++) {
      if (i > 1_000) throw new Error(`${this.#server.name}: an update was not delivered`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  close(): void {
    for (const { socket } of this.#people) socket.close();
  }
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Sends at an even pace for `ms`, however late the server is. */
async function offer(circles: readonly Circle[], perSecond: number, ms: number): Promise<void> {
  const begunAt = performance.now();
  for (let sent = 0, elapsed = 0; elapsed < ms; elapsed = performance.now() - begunAt) {
    for (; sent < (elapsed * perSecond) / 1000; sent++) circles[sent % circles.length]?.sendNext();
    await sleep(1);
  }
}

/** Microseconds of the server's CPU per delivered update, the same updates being offered to every server. */
export async function fanOut(
  server: Server,
  circles: readonly Circle[],
  perSecond: number,
  ms: number,
): Promise<number> {
  const before = await server.cpu();
  for (const one of circles) one.delivered = 0;
  await offer(circles, perSecond, ms);
  for (const one of circles) await one.settle();
  const delivered = circles.reduce((sum, one) => sum + one.delivered, 0);
  return (((await server.cpu()) - before) * 1e6) / delivered;
}

/** Updates of each person that are under way at any time when a server is given as much as it takes. */
const underWay = 10;

/** The same with as much as each server takes: who was heard by a neighbour writes on at once. */
export async function fullFanOut(server: Server, circles: readonly Circle[], ms: number): Promise<number> {
  const before = await server.cpu();
  for (const one of circles) one.delivered = 0;
  for (const one of circles) one.begin(underWay);
  await sleep(ms);
  for (const one of circles) one.end();
  for (const one of circles) await one.settle();
  const delivered = circles.reduce((sum, one) => sum + one.delivered, 0);
  return (((await server.cpu()) - before) * 1e6) / delivered;
}

/** Milliseconds in which everybody moves once. */
const movingMs = 500;

/** Each of them in their own moment, as people do. */
async function moveAll(circle: Circle): Promise<void> {
  const begunAt = performance.now();
  for (let index = 0; index < circle.size; index++) {
    const waitMs = (index * movingMs) / circle.size - (performance.now() - begunAt);
    if (waitMs > 0) await sleep(waitMs);
    circle.point(index);
  }
}

/** Microseconds per delivered state, everybody moving twice a second. */
export async function presence(server: Server, circle: Circle, ms: number): Promise<number> {
  await moveAll(circle);
  await sleep(300);
  const before = await server.cpu();
  circle.presences = 0;
  let moves = 0;
  for (; moves < ms / movingMs; moves++) await moveAll(circle);
  await sleep(300);
  const expected = moves * circle.size * (circle.size - 1);
  if (circle.presences < expected * 0.98) throw new Error(`${server.name}: states were not delivered`);
  return (((await server.cpu()) - before) * 1e6) / circle.presences;
}

/** Milliseconds until an update is acknowledged, at `perSecond` updates: the 99th of a hundred. */
export async function ackTimes(circle: Circle, perSecond: number, ms: number): Promise<number> {
  circle.acks = [];
  await offer([circle], perSecond, ms);
  await circle.settle();
  await sleep(200);
  return circle.acks.toSorted((a, b) => a - b)[Math.floor(circle.acks.length * 0.99)] as number;
}
