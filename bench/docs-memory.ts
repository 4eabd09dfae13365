import { createDocument } from '@parvis/contract/docs';
import type { House, Visitor } from '@parvis/testing/house';
import { parvis, peer, type Server, weighed } from './docs-servers.ts';
import { RawClient } from './docs-wire.ts';

const KiB = 1024;
/** Sockets that are opened at once. */
const opening = 50;
/** Connections that are there before, for each that is counted. */
const firstPart = 0.3;
/** Milliseconds after which a process has given back what it does not need. */
const calmMs = 2_500;
const calm = () => new Promise((resolve) => setTimeout(resolve, calmMs));

/** One connection to each of these documents, answered. */
async function openAll(server: Server, ids: readonly string[], cookie: string): Promise<RawClient[]> {
  const clients: RawClient[] = [];
  const { dialect, port } = server;
  for (let at = 0; at < ids.length; at += opening) {
    const made = ids.slice(at, at + opening).map(async (id) => {
      let done = () => {};
      const answered = new Promise<void>((resolve) => {
        done = resolve;
      });
      const where = { port, path: dialect.path(id), cookie, subprotocol: dialect.subprotocol };
      const client = await RawClient.open(where, (message) => {
        if (dialect.read(message).kind === 'answer') done();
      });
      client.send(...dialect.hello(id));
      await answered;
      return client;
    });
    clients.push(...(await Promise.all(made)));
  }
  return clients;
}

interface Scales {
  /** Options of Node for the servers that are weighed. */
  readonly node: readonly string[];
  bytes(server: Server): Promise<number>;
}
/**
 * What they have taken of the machine as they come. Node 24 takes up to 128 MiB for what lives shortly, little by little,
 * whoever connects, and uses again what it has: only many thousands weigh more than that.
 */
export const taken: Scales = { node: [], bytes: async (server) => server.memory() };
/** What lives in their heaps: exact for few as well, without what the system and the sockets' handles take. */
export const held: Scales = { node: weighed, bytes: (server) => server.held() };

/**
 * KiB that one more connection costs: one to each of `ids`, beside connections to `known` enough that a process has
 * taken what it takes once.
 */
async function connectionCost(
  server: Server,
  known: readonly string[],
  cookie: string,
  ids: readonly string[],
  scales: Scales,
): Promise<number> {
  const first = await openAll(server, repeated(known, Math.ceil(ids.length * firstPart)), cookie);
  await calm();
  const before = await scales.bytes(server);
  const clients = await openAll(server, ids, cookie);
  await calm();
  const cost = ((await scales.bytes(server)) - before) / ids.length / KiB;
  for (const one of [...first, ...clients]) one.close();
  return cost;
}

const repeated = (ids: readonly string[], count: number): string[] =>
  Array.from({ length: count }, (_, index) => ids[index % ids.length] as string);

export async function idleConnection(
  { house, folder }: { house: House; folder: string },
  cookie: string,
  ids: readonly string[],
  count: number,
  scales: Scales,
): Promise<{ value: number; against: number }> {
  const ours = await parvis(house, scales.node);
  const value = await connectionCost(ours, ids, cookie, repeated(ids, count), scales);
  await ours.stop();
  const theirs = await peer(folder, scales.node);
  const against = await connectionCost(theirs, ids, cookie, repeated(ids, count), scales);
  await theirs.stop();
  return { value, against };
}

/** KiB of a document that one person has open and nobody writes in, besides that person's connection. */
export async function idleDocument(
  house: House,
  writerAt: (server: Server) => Visitor,
  count: number,
  scales: Scales,
): Promise<{ value: number }> {
  let server = await parvis(house, scales.node);
  const writer = writerAt(server);
  const space = await house.space({ owner: writer });
  const ids: string[] = [];
  for (let i = 0; i < count; i++)
    ids.push((await writer.call(createDocument, { parentId: space.uid, title: 'Idle' })).id);
  const shared = ids.slice(0, 1);
  // A process for each: what one has given back, it would take again without growing.
  await server.stop();
  server = await parvis(house, scales.node);
  const together = await connectionCost(server, shared, writer.cookie, repeated(shared, count), scales);
  await server.stop();
  server = await parvis(house, scales.node);
  const apart = await connectionCost(server, shared, writer.cookie, ids, scales);
  await server.stop();
  return { value: apart - together };
}
