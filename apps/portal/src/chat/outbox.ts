import type { MessageExtras } from '@parvis/contract/chat-entry';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

/** A message that was written here and is not yet known to be stored. */
export interface Outgoing {
  readonly clientId: string;
  readonly channelId: string;
  readonly personId: string;
  readonly body: string;
  /** The thread it answers in, what it quotes. */
  readonly extras?: MessageExtras;
  readonly writtenAt: number;
}

interface OutboxSchema extends DBSchema {
  outgoing: { key: string; value: Outgoing; indexes: { channel: [string, string] } };
}

let opened: Promise<IDBPDatabase<OutboxSchema>> | undefined;

function database(): Promise<IDBPDatabase<OutboxSchema>> {
  opened ??= openDB<OutboxSchema>('parvis-chat', 1, {
    upgrade(db) {
      db.createObjectStore('outgoing', { keyPath: 'clientId' }).createIndex('channel', [
        'personId',
        'channelId',
      ]);
    },
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

/** What this person wrote in a channel and was not yet stored, oldest first. */
export async function kept(personId: string, channelId: string): Promise<Outgoing[]> {
  const all = await (await database()).getAllFromIndex('outgoing', 'channel', [personId, channelId]);
  return all.sort((a, b) => a.writtenAt - b.writtenAt);
}
