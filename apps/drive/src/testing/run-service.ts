import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

/** Runs the service from its sources in a process of its own, so that a test can kill it: `node run-service.ts`. */
const root = fileURLToPath(new URL('../../../../', import.meta.url));
const resolve = { conditions: ['source'] };
const vite = await createServer({
  root,
  configFile: false,
  logLevel: 'error',
  resolve,
  ssr: { resolve },
  appType: 'custom',
  server: { middlewareMode: true, watch: null, ws: false, hmr: false },
  optimizeDeps: { noDiscovery: true },
});
await vite.ssrLoadModule('/apps/drive/src/main.ts');
