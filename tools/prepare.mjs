#!/usr/bin/env node
/** Has the programs of the full profile ready in the cache: LiveKit and MinIO built with Go, Keycloak by Maven. */
import { command } from './parts/command.mjs';

await command(import.meta.url, async ({ root, progress }) => {
  const { buildLiveKit, findLiveKit } = await import('./parts/livekit.mjs');
  const { requireMinio } = await import('./parts/minio.mjs');
  const { prepare } = await import('./parts/keycloak.mjs');
  const go = async () => {
    // One after the other: each build uses every processor there is.
    await progress.part('livekit', async () => void (findLiveKit() ?? (await buildLiveKit())));
    await progress.part('minio', async () => void (await requireMinio(progress)));
  };
  await Promise.all([progress.part('keycloak', async () => void (await prepare({ root, progress }))), go()]);
  return 0;
});
