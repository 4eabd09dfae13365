import { keptTextPath, updateType } from '@parvis/contract/doc-sync';
import type { Document } from '@parvis/contract/docs';
import { Refusal, refusalIn } from '@parvis/contract/refusal';
import { textOfUpdate } from '@parvis/document/text';
import * as Y from 'yjs';
import { below, type Copy, type KeptText, localDatabase } from './database.ts';

const offline = { type: 'about:blank', title: 'Offline', status: 0, code: 'offline' };

/**
 * Sets aside what was written in a text that the server will not merge, with the text that it was written in. Nothing
 * is done when nothing was written.
 */
export async function setAside(
  personId: string,
  documentId: string,
  isPast: (epoch: string) => boolean,
  why: KeptText['why'],
): Promise<void> {
  const db = await localDatabase();
  const place = `${personId}/${documentId}`;
  const change = db.transaction(['update', 'copy', 'state', 'kept'], 'readwrite');
  const rows: { update: Uint8Array; count: number; epoch: string }[] = [];
  const all = change.objectStore('update').index('place');
  for (let at = await all.openCursor(below(`${place}/`)); at !== null; at = await at.continue()) {
    const epoch = at.value.place.slice(place.length + 1);
    if (!isPast(epoch)) continue;
    rows.push({ update: at.value.update, count: at.value.count ?? 1, epoch });
    await at.delete();
  }
  const copy = await change.objectStore('copy').get(place);
  const state = await change.objectStore('state').get(place);
  for (const [epoch, own] of Map.groupBy(rows, (row) => row.epoch)) {
    const base = copy?.epoch === epoch && state !== undefined ? [state] : [];
    await change.objectStore('kept').put(keptOf(own, base, { personId, documentId, copy, why }));
  }
  if (copy !== undefined && isPast(copy.epoch)) {
    void change.objectStore('copy').delete(place);
    void change.objectStore('state').delete(place);
  }
  await change.done;
}

function keptOf(
  rows: readonly { update: Uint8Array; count: number }[],
  base: readonly Uint8Array[],
  about: { personId: string; documentId: string; copy: Copy | undefined; why: KeptText['why'] },
): KeptText {
  const state = Y.mergeUpdates([...base, ...rows.map(({ update }) => update)]);
  return {
    id: crypto.randomUUID(),
    personId: about.personId,
    documentId: about.documentId,
    title: about.copy?.title ?? '',
    state,
    text: textOfUpdate(state),
    changes: rows.reduce((sum, { count }) => sum + count, 0),
    at: Date.now(),
    why: about.why,
  };
}

/** The texts of this person that were set aside, the newest first; of one document where it is named. */
export async function keptTexts(personId: string, documentId?: string): Promise<KeptText[]> {
  const all = await (await localDatabase()).getAllFromIndex('kept', 'personId', personId);
  return all
    .filter((one) => documentId === undefined || one.documentId === documentId)
    .toSorted((a, b) => b.at - a.at);
}

export async function discardKept(id: string): Promise<void> {
  await (await localDatabase()).delete('kept', id);
}

/** Makes a document of its own of a kept text, and forgets it here once the server has it. @throws Refusal */
export async function saveAsCopy(kept: KeptText, title: string): Promise<Document> {
  const path = keptTextPath.replace(':id', kept.documentId);
  const answer = await fetch(`${path}?${new URLSearchParams({ title })}`, {
    method: 'POST',
    headers: { 'content-type': updateType },
    body: kept.state as Uint8Array<ArrayBuffer>,
  }).catch(() => {
    throw new Refusal(offline);
  });
  const body: unknown = await answer.json();
  if (!answer.ok) throw refusalIn(body) ?? new Refusal(offline);
  await discardKept(kept.id);
  return body as Document;
}
