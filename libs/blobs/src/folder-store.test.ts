import { mkdtemp, readdir, rm, truncate } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { StoreFull } from './blob-store.ts';
import { describeBlobStore } from './blob-store.kit.ts';
import { FolderStore } from './folder-store.ts';

describeBlobStore('the folder store', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'parvis-store-'));
  return {
    again: () => new FolderStore(folder),
    close: () => rm(folder, { recursive: true, force: true }),
    everything: async () => {
      const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
      return found
        .filter((one) => one.isFile())
        .map((one) => one.name)
        .sort();
    },
  };
});

describe('the folder store alone', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parvis-store-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('refuses an upload that would not leave the reserve free', async () => {
    const store = new FolderStore(folder, { reserveBytes: Number.MAX_SAFE_INTEGER });
    await expect(store.begin(randomUUID(), 1)).rejects.toBeInstanceOf(StoreFull);
    await expect(store.put(randomUUID(), Uint8Array.of(1))).rejects.toBeInstanceOf(StoreFull);
  });

  test('promises no byte that a disk lost after all', async () => {
    const store = new FolderStore(folder);
    const key = randomUUID();
    const progress = { ...(await store.begin(key, 100)), offset: 60 };
    await truncate(join(folder, 'incoming', key), 40);
    expect((await store.resume(key, progress)).offset).toBe(40);
  });
});
