import { createDocument } from '@parvis/contract/docs';
import type { House, Visitor } from '@parvis/testing/house';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as Y from 'yjs';
import { parvis, peer, type Server } from './docs-servers.ts';
import { RawClient } from './docs-wire.ts';

/** Edits of a long paper: typing with jumps back, and a good deal of what was typed deleted again. */
export const editsOfPaper = 260_000;
const editsPerUpdate = 100;
const joiners = 50;

/** Numbers from 0 up to 1, always the same for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Paper {
  readonly updates: readonly Uint8Array[];
  /** The whole as one update, of a Y.Doc that collects what was deleted. */
  readonly whole: Uint8Array;
}

export function aPaper(edits: number): Paper {
  const random = seeded(4);
  const doc = new Y.Doc();
  doc.clientID = 7;
  const text = doc.getText('t');
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  let at = 0;
  for (let edit = 0; edit < edits; ) {
    doc.transact(() => {
      for (let i = 0; i < editsPerUpdate; i++, edit++) {
        if (random() < 0.01) at = Math.floor(random() * (text.length + 1));
        if (random() < 0.22 && at > 0) text.delete(--at, 1);
        else text.insert(at++, 'etaoin shrdlu'[Math.floor(random() * 13)] as string);
      }
    });
  }
  return { updates, whole: Y.encodeStateAsUpdate(doc) };
}

export interface Cold {
  /** Seconds of CPU for the first who opens it after a restart, and for fifty who then come at once. */
  readonly open: number;
  readonly joins: number;
}

const quiet = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Opens documents, one client each, and waits until each has all of its text. @returns the bytes that came */
async function openAll(server: Server, ids: readonly string[], cookie: string): Promise<number> {
  let bytes = 0;
  const clients = await Promise.all(
    ids.map(async (id) => {
      let done = () => {};
      const answered = new Promise<void>((resolve) => {
        done = resolve;
      });
      const { dialect, port } = server;
      const at = { port, path: dialect.path(id), cookie, subprotocol: dialect.subprotocol };
      const client = await RawClient.open(at, (message) => {
        bytes += message.length;
        if (dialect.read(message).kind === 'answer') done();
      });
      client.send(...dialect.hello(id));
      await answered;
      return client;
    }),
  );
  for (const one of clients) one.close();
  return bytes;
}

/** The first id is a small document, which warms the programs up; each of the others is the paper. */
async function coldCost(server: Server, ids: readonly string[], cookie: string): Promise<Cold> {
  const [small, ...papers] = ids as [string, ...string[]];
  for (let i = 0; i < 10; i++) await openAll(server, [small], cookie);
  await quiet(2_500);
  let open = 0;
  let joins = 0;
  for (const paper of papers) {
    let before = await server.cpu();
    await openAll(server, [paper], cookie);
    open += (await server.cpu()) - before;
    before = await server.cpu();
    await openAll(
      server,
      Array.from({ length: joiners }, () => paper),
      cookie,
    );
    joins += (await server.cpu()) - before;
  }
  return { open: open / papers.length, joins: joins / papers.length };
}

/** Updates at the end that are written one by one, so that the last one who leaves leaves enough for a snapshot. */
const lastOnes = 40;

/** Writes the paper through the socket, as a person does, until all of it is in a snapshot. @returns its bytes */
async function write(
  server: Server,
  house: House,
  writer: Visitor,
  id: string,
  paper: Paper,
): Promise<number> {
  const { dialect, port } = server;
  let kept = 0;
  const at = { port, path: dialect.path(id), cookie: writer.cookie, subprotocol: dialect.subprotocol };
  const client = await RawClient.open(at, (message) => {
    const { kind, count } = dialect.read(message);
    if (kind === 'ack') kept += count ?? 0;
  });
  client.send(...dialect.hello(id));
  await quiet(200);
  const { updates } = paper;
  for (let sent = 0; sent < updates.length; ) {
    const next = updates.slice(sent, sent + (updates.length - sent > lastOnes ? 20 : 1));
    client.send(...next.map((update) => dialect.sync(id, 2, update)));
    sent += next.length;
    while (kept < sent && !client.closed) await quiet(1);
    if (client.closed) throw new Error('the paper was not taken');
  }
  client.close();
  for (let i = 0; i < 600; i++) {
    const [row] = await house.db.query<{ tail: number; bytes: number }>(
      `select (last_seq - snapshot_seq)::int as tail, coalesce(s.size_bytes, 0)::int as bytes from docs.document d
         left join docs.snapshot s on s.document_id = d.resource_id and s.hash = d.snapshot_hash where d.uid = $1`,
      [id],
    );
    if (row?.tail === 0) return row.bytes;
    await quiet(100);
  }
  throw new Error('the snapshot does not hold all of it');
}

/** The same paper, written, restarted and opened, at ours and at Hocuspocus. */
export async function coldOpen(
  { house, folder }: { house: House; folder: string },
  writerAt: (server: Server) => Visitor,
  options: { edits: number; copies: number },
): Promise<{ ours: Cold; theirs: Cold; snapshot: number; whole: number }> {
  const paper = aPaper(options.edits);
  let server = await parvis(house);
  const writer = writerAt(server);
  const space = await house.space({ owner: writer });
  const ids: string[] = [];
  let snapshot = 0;
  for (let i = 0; i <= options.copies; i++) {
    const { id } = await writer.call(createDocument, { parentId: space.uid, title: 'Paper' });
    ids.push(id);
    if (i > 0) snapshot = await write(server, house, writer, id, paper);
  }
  await server.stop();
  server = await parvis(house);
  const ours = await coldCost(server, ids, writer.cookie);
  await server.stop();
  for (const [index, id] of ids.entries())
    await writeFile(join(folder, `${id}.yjs`), index === 0 ? Uint8Array.of(0, 0) : paper.whole);
  server = await peer(folder);
  const theirs = await coldCost(server, ids, '');
  await server.stop();
  return { ours, theirs, snapshot, whole: paper.whole.length };
}
