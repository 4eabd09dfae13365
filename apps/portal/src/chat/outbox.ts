import type { MessageExtras } from '@parvis/contract/chat-entry';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { ChannelPage } from './channel-state.ts';

/** A message that was written here and is not yet known to be stored. */
export interface Outgoing {
  readonly clientId: string;
  readonly channelId: string;
  readonly personId: string;
  readonly body: string;
  /** The thread it answers in, what it quotes, the files it carries. */
  readonly extras?: MessageExtras;
  readonly writtenAt: number;
  /** The code with which the server refused it; it is sent again only when its writer says so. */
  readonly refused?: string;
}

/** The end of a channel as this browser last had it. */
export interface KeptPage {
  /** `<person>/<channel>`. */
  readonly place: string;
  readonly personId: string;
  readonly page: ChannelPage;
  /** Milliseconds since 1970. */
  readonly at: number;
}

interface OutboxSchema extends DBSchema {
  outgoing: { key: string; value: Outgoing; indexes: { channel: [string, string] } };
  page: { key: string; value: KeptPage; indexes: { at: number } };
}

/** Channels whose end is kept; the oldest leave. */
const pagesMax = 40;

let opened: Promise<IDBPDatabase<OutboxSchema>> | undefined;

function database(): Promise<IDBPDatabase<OutboxSchema>> {
  opened ??= openDB<OutboxSchema>('parvis-chat', 2, {
    upgrade(db, from) {
      if (from < 1)
        db.createObjectStore('outgoing', { keyPath: 'clientId' }).createIndex('channel', [
          'personId',
          'channelId',
        ]);
      if (from < 2) db.createObjectStore('page', { keyPath: 'place' }).createIndex('at', 'at');
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
  opened.catch(() => {
    opened = undefined;
  });
  return opened;
}

/** Keeps a message until it is stored, also when the page is closed meanwhile. */
export async function keep(outgoing: Outgoing): Promise<void> {
  await (await database()).put('outgoing', outgoing);
}

export async function forget(clientId: string): Promise<void> {
  await (await database()).delete('outgoing', clientId);
}

/** Notes that a message was refused: whoever opens the page again sees it, and why. */
export async function noteRefused(clientId: string, refused: string): Promise<void> {
  const { store, done } = (await database()).transaction('outgoing', 'readwrite');
  const known = await store.get(clientId);
  if (known) await store.put({ ...known, refused });
  await done;
}

const inOrder = (all: Outgoing[]) => all.sort((a, b) => a.writtenAt - b.writtenAt);

/** What this person wrote in a channel and was not yet stored, oldest first. */
export async function kept(personId: string, channelId: string): Promise<Outgoing[]> {
  return inOrder(await (await database()).getAllFromIndex('outgoing', 'channel', [personId, channelId]));
}

/** What this person wrote anywhere and was not yet stored, oldest first. */
export async function keptAnywhere(personId: string): Promise<Outgoing[]> {
  const range = IDBKeyRange.bound([personId, ''], [personId, '\uffff']);
  return inOrder(await (await database()).getAllFromIndex('outgoing', 'channel', range));
}

export async function keepPage(kept: KeptPage): Promise<void> {
  const { store, done } = (await database()).transaction('page', 'readwrite');
  await store.put(kept);
  let over = (await store.count()) - pagesMax;
  for (let at = await store.index('at').openCursor(); at !== null && over > 0; over -= 1) {
    await at.delete();
    at = await at.continue();
  }
  await done;
}

export async function keptPage(personId: string, channelId: string): Promise<KeptPage | undefined> {
  return (await database()).get('page', `${personId}/${channelId}`);
}

/** Everything of this person, or of all others, leaves this browser. */
export async function forgetPeople(whose: (personId: string) => boolean): Promise<void> {
  const change = (await database()).transaction(['outgoing', 'page'], 'readwrite');
  for (const name of ['outgoing', 'page'] as const) {
    for (let at = await change.objectStore(name).openCursor(); at !== null; at = await at.continue())
      if (whose(at.value.personId)) await at.delete();
  }
  await change.done;
}
