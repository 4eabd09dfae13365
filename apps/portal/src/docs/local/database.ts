import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

/** A document as this browser last had it. */
export interface Copy {
  /** `<person>/<document>`. */
  readonly place: string;
  readonly personId: string;
  readonly documentId: string;
  readonly epoch: string;
  /** Version of the schema of whoever wrote it: an older page must not open it. */
  readonly schema: number;
  readonly title: string;
  /** Its plain text, for searching. */
  readonly text: string;
  /** Of its state and its text. */
  readonly bytes: number;
  /** Milliseconds since the epoch, when it was last open. */
  readonly usedAt: number;
}

/** A text that could not be merged, kept until its author decides. */
export interface KeptText {
  readonly id: string;
  readonly personId: string;
  readonly documentId: string;
  readonly title: string;
  readonly state: Uint8Array;
  readonly text: string;
  readonly changes: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly why: 'replaced' | 'closed';
}

interface LocalSchema extends DBSchema {
  /** What was written and is not acknowledged; place is `<person>/<document>/<epoch>`. */
  update: {
    key: number;
    value: { place: string; update: Uint8Array; count?: number };
    indexes: { place: string };
  };
  copy: { key: string; value: Copy; indexes: { personId: string } };
  /** The whole text of a copy as one Yjs update (v1), by its place: read only when it is opened. */
  state: { key: string; value: Uint8Array };
  kept: { key: string; value: KeptText; indexes: { personId: string } };
}

export type LocalDatabase = IDBPDatabase<LocalSchema>;

/** Milliseconds to open it: a page of an older build in another tab may hold it. */
const openMsMax = 4_000;

let opened: Promise<LocalDatabase> | undefined;

/**
 * What this browser keeps of documents, the same for all its tabs.
 * @throws where the browser keeps nothing: some private windows, strict policies
 */
export function localDatabase(): Promise<LocalDatabase> {
  if (left) return Promise.reject(new Error('the person has left this browser'));
  opened ??= Promise.race([open(), tooLate()]);
  opened.catch(() => {
    opened = undefined;
  });
  return opened;
}

function open(): Promise<LocalDatabase> {
  return openDB<LocalSchema>('parvis-docs', 2, {
    upgrade(db, from) {
      if (from < 1) db.createObjectStore('update', { autoIncrement: true }).createIndex('place', 'place');
      db.createObjectStore('copy', { keyPath: 'place' }).createIndex('personId', 'personId');
      db.createObjectStore('state');
      db.createObjectStore('kept', { keyPath: 'id' }).createIndex('personId', 'personId');
    },
    // A newer page in another tab wants another version: it goes first, this one opens again.
    blocking(_current, _blocked, event) {
      (event.target as IDBDatabase).close();
      opened = undefined;
    },
    terminated() {
      opened = undefined;
    },
  });
}

function tooLate(): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error('the database does not open')), openMsMax);
  });
}

/** True once the person has signed out in any tab: nothing of theirs is written any more until a page is loaded anew. */
let left = false;
const leaving = typeof window === 'undefined' ? null : new BroadcastChannel('parvis-docs-leaving');
leaving?.addEventListener('message', () => void shut());

async function shut(): Promise<void> {
  left = true;
  (await opened?.catch(() => undefined))?.close();
}

/** Does the last thing that is done with what this browser keeps. @throws where it keeps nothing */
export async function lastly(act: (db: LocalDatabase) => Promise<void>): Promise<void> {
  const db = await localDatabase();
  left = true;
  leaving?.postMessage('left');
  await act(db);
  await shut();
}

/** All keys that begin with this. */
export const below = (prefix: string): IDBKeyRange => IDBKeyRange.bound(prefix, `${prefix}\uffff`);
