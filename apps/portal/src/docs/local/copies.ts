import { below, type Copy, lastly, type LocalDatabase, localDatabase } from './database.ts';

/** Documents, and bytes of their texts, that this browser keeps; the least recently used leave first. */
const copiesMax = 60;
const copiesBytesMax = 150 * 1024 ** 2;

/** The copy of a document with its text, or null. @throws where the browser keeps nothing */
export async function readCopy(
  personId: string,
  documentId: string,
): Promise<{ copy: Copy; state: Uint8Array } | null> {
  const read = (await localDatabase()).transaction(['copy', 'state']);
  const place = `${personId}/${documentId}`;
  const [copy, state] = await Promise.all([
    read.objectStore('copy').get(place),
    read.objectStore('state').get(place),
  ]);
  return copy === undefined || state === undefined ? null : { copy, state };
}

/** Keeps a copy, and makes room: never that of a document with unsent text. */
export async function writeCopy(copy: Copy, state: Uint8Array): Promise<void> {
  const db = await localDatabase();
  const write = db.transaction(['copy', 'state'], 'readwrite');
  await Promise.all([
    write.objectStore('copy').put(copy),
    write.objectStore('state').put(state, copy.place),
    write.done,
  ]);
  const copies = await db.getAllFromIndex('copy', 'personId', copy.personId);
  let bytes = 0;
  for (const [index, one] of copies.toSorted((a, b) => b.usedAt - a.usedAt).entries()) {
    bytes += one.bytes;
    if (index > 0 && (index >= copiesMax || bytes > copiesBytesMax)) await forget(one.place);
  }
}

/** Forgets a document, unless there is text in it that has not left. */
export function forgetCopy(personId: string, documentId: string): Promise<void> {
  return forget(`${personId}/${documentId}`);
}

async function forget(place: string): Promise<void> {
  const change = (await localDatabase()).transaction(['update', 'copy', 'state'], 'readwrite');
  if (
    (await change
      .objectStore('update')
      .index('place')
      .count(below(`${place}/`))) === 0
  ) {
    void change.objectStore('copy').delete(place);
    void change.objectStore('state').delete(place);
  }
  await change.done;
}

/** What this person wrote and would be lost with what this browser keeps: changes that have not left, texts set aside. */
export async function countUnsent(personId: string): Promise<number> {
  const db = await localDatabase();
  const [rows, kept] = await Promise.all([
    db.getAllFromIndex('update', 'place', below(`${personId}/`)),
    db.countFromIndex('kept', 'personId', personId),
  ]);
  return rows.reduce((sum, { count = 1 }) => sum + count, 0) + kept;
}

/** Forgets everything of a person: they leave this browser. */
export function forgetPerson(personId: string): Promise<void> {
  return lastly((db) => forgetAll(db, personId));
}

async function forgetAll(db: LocalDatabase, personId: string): Promise<void> {
  const change = db.transaction(['update', 'copy', 'state', 'kept'], 'readwrite');
  const mine = below(`${personId}/`);
  for (const key of await change.objectStore('update').index('place').getAllKeys(mine))
    void change.objectStore('update').delete(key);
  void change.objectStore('state').delete(mine);
  for (const name of ['copy', 'kept'] as const)
    for (const key of await change.objectStore(name).index('personId').getAllKeys(personId))
      void change.objectStore(name).delete(key);
  await change.done;
}

/** Another person has come in: what was kept of earlier ones leaves, but for what they wrote and has not left. */
export async function forgetOthers(personId: string): Promise<void> {
  const db = await localDatabase();
  for (const place of await db.getAllKeys('copy')) if (!place.startsWith(`${personId}/`)) await forget(place);
}

export interface Found {
  readonly documentId: string;
  readonly title: string;
  /** A little of the text around the first word found; empty when nothing was asked for. */
  readonly excerpt: string;
}

/** Without accents, vowel signs and differences of case and of alef, as people type when they search. */
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/[\p{M}ـ]/gu, '')
    .replaceAll(/[أإآٱ]/g, 'ا')
    .toLowerCase();
}

/** The recent documents of a person that hold all these words, in title or text; the last used first. */
export async function findCopies(personId: string, asked: string, limit: number): Promise<Found[]> {
  const words = plain(asked).split(/\s+/).filter(Boolean);
  const copies = await (await localDatabase()).getAllFromIndex('copy', 'personId', personId);
  return copies
    .filter(({ title, text }) => {
      const whole = plain(`${title}\n${text}`);
      return words.every((word) => whole.includes(word));
    })
    .toSorted((a, b) => b.usedAt - a.usedAt)
    .slice(0, limit)
    .map(({ documentId, title, text }) => ({ documentId, title, excerpt: excerptOf(text, words) }));
}

function excerptOf(text: string, words: readonly string[]): string {
  if (words.length === 0) return '';
  const line = text.split('\n').find((one) => words.some((word) => plain(one).includes(word))) ?? '';
  if (line.length <= 120) return line;
  const at = Math.max(0, plain(line).indexOf(words.find((word) => plain(line).includes(word)) ?? ''));
  return `${at > 40 ? '…' : ''}${line.slice(Math.max(0, at - 40), at + 80)}…`;
}
