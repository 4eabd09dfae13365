import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Server } from '@hocuspocus/server';
import * as Y from 'yjs';

/**
 * Hocuspocus as it comes: debounce of 2 s, at most 10 s. Each document is a file in the folder of the first argument,
 * written whole by its hook. The port comes as an IPC message.
 */
const folder = process.argv[2];
const fileOf = (name) => join(folder, `${encodeURIComponent(name)}.yjs`);

const server = new Server({
  port: 0,
  address: '127.0.0.1',
  quiet: true,
  stopOnSignals: false,
  async onLoadDocument({ document, documentName }) {
    const bytes = await readFile(fileOf(documentName)).catch(() => null);
    if (bytes) Y.applyUpdate(document, bytes);
  },
  async onStoreDocument({ document, documentName }) {
    await writeFile(`${fileOf(documentName)}.new`, Y.encodeStateAsUpdate(document));
    await rename(`${fileOf(documentName)}.new`, fileOf(documentName));
  },
});
await server.listen();
process.send?.(server.address.port);
process.on('disconnect', () => process.exit(0));
