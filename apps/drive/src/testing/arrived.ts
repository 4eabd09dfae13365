import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { House } from '@parvis/testing/house';

const waitMsMax = 60_000;

/**
 * Resolves once so many bytes of an upload lie in the folder store, whatever of them was acknowledged. @throws when they
 * do not come
 */
export async function arrived(house: House, path: string, bytes: number): Promise<void> {
  const [row] = await house.db.query<{ key: string }>('select key from drive.upload where id = $1', [
    path.split('/').at(-1),
  ]);
  const file = join(house.env.PARVIS_DATA_FOLDER as string, 'files', 'incoming', row?.key ?? '');
  const size = () =>
    stat(file).then(
      (found) => found.size,
      () => 0,
    );
  for (const until = Date.now() + waitMsMax; (await size()) < bytes; ) {
    if (Date.now() > until) throw new Error(`only ${await size()} bytes of ${bytes} came`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
