import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { portalServer } from './build.mjs';

const heapMegabytesMax = 256;
const readyMsMax = 60_000;
const keptMs = 72_000;
const leash = fileURLToPath(new URL('./leash.mjs', import.meta.url));

/** Settings by which the portal reaches the house; it has no database and no secret. */
const told =
  /^(PATH|HOME|LANG|LC_\w+|TZ|NODE_OPTIONS|NODE_EXTRA_CA_CERTS|OTEL_\w+|PARVIS_(PUBLIC_URL|PROFILE|SERVICES|LOG_LEVEL|PARTS|TIME_ZONE))$/;

/** Starts the portal: the built standalone server, or with `watch` the one that reloads as people edit. */
export async function openPortal({ root, house, port, env, watch }) {
  const nodeEnv = watch ? 'development' : 'production';
  const program = watch
    ? [
        join(root, 'node_modules', 'next', 'dist', 'bin', 'next'),
        'dev',
        '-p',
        String(port),
        '-H',
        '127.0.0.1',
      ]
    : [`--max-old-space-size=${heapMegabytesMax}`, `--import=${leash}`, portalServer(root)];
  await house.open({
    name: 'portal',
    command: process.execPath,
    args: program,
    cwd: join(root, 'apps', 'portal'),
    env: {
      ...Object.fromEntries(Object.entries(env).filter(([name]) => told.test(name))),
      NODE_ENV: nodeEnv,
      PORT: String(port),
      HOSTNAME: '127.0.0.1',
      // Longer than whoever stands before it keeps a connection unused, or a request meets one that has just been closed.
      KEEP_ALIVE_TIMEOUT: String(keptMs),
      NEXT_TELEMETRY_DISABLED: '1',
    },
    // The one that reloads starts processes of its own, which would take the leash for theirs.
    ipc: !watch,
    stage: 1,
    stopMsMax: 5_000,
    ready: async () =>
      (
        await fetch(`http://127.0.0.1:${port}/manifest.webmanifest`, {
          redirect: 'manual',
          signal: AbortSignal.timeout(10_000),
        })
      ).status < 500,
    readyMsMax: watch ? 120_000 : readyMsMax,
  });
}
