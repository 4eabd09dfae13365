import { randomBytes } from 'node:crypto';
import * as Y from 'yjs';

/** What Yjs keeps of a struct; its own types leave the middle of a document closed. */
interface Struct {
  id: Y.ID;
  origin?: Y.ID | null;
  rightOrigin?: Y.ID | null;
}

/**
 * Gives all text of a document to clients that nobody has used, in the same order, and writes nothing else: blocks
 * and marks that nobody knows stay as they are. The document is good for encoding only afterwards.
 *
 * A restored text needs this: under its old ids, a client that still holds the past would merge it back in.
 * @returns each old client id with its new one
 * @throws Error when the document waits for something that is missing
 */
export function renumber(doc: Y.Doc, avoid: ReadonlySet<number>): [number, number][] {
  if (doc.store.pendingStructs !== null) throw new Error('the text has holes');
  const clients = doc.store.clients as unknown as Map<number, Struct[]>;
  // Yjs settles writing at the same place by comparing ids: the new ones stand in the same order.
  const old = [...clients.keys()].sort((a, b) => a - b);
  const taken = new Set([...avoid, ...old]);
  const fresh = freshIds(old.length, taken);
  const pairs = old.map((id, index): [number, number] => [id, fresh[index] as number]);
  const by = new Map(pairs);
  const moved = (id: Y.ID) => Y.createID(by.get(id.client) ?? id.client, id.clock);
  const held = [...clients];
  clients.clear();
  for (const [client, structs] of held) {
    for (const struct of structs) {
      struct.id = moved(struct.id);
      if (struct.origin) struct.origin = moved(struct.origin);
      if (struct.rightOrigin) struct.rightOrigin = moved(struct.rightOrigin);
    }
    clients.set(by.get(client) ?? client, structs);
  }
  return pairs;
}

/** So many ids as editors draw them, 32 bits at random, rising. */
function freshIds(count: number, taken: Set<number>): number[] {
  const ids: number[] = [];
  while (ids.length < count) {
    const id = randomBytes(4).readUInt32LE(0);
    if (taken.has(id)) continue;
    taken.add(id);
    ids.push(id);
  }
  return ids.sort((a, b) => a - b);
}
