import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { port, processEnvironment, readSettings, setting, text } from '@parvis/server/settings';
import { z } from 'zod';
import { startIdentity } from './identity.ts';

const settings = readSettings(
  {
    port: setting('IDENTITY_PORT', port),
    host: setting('PARVIS_BIND_ADDRESS', z.string().default('127.0.0.1')),
    publicUrl: setting('PARVIS_PUBLIC_URL', z.url()),
    dataFolder: setting('PARVIS_DATA_FOLDER', text),
    realmFile: setting('PARVIS_REALM_FILE', text),
    clientSecret: setting('PARVIS_PORTAL_CLIENT_SECRET', text),
    directorySecret: setting('PARVIS_DIRECTORY_CLIENT_SECRET', text),
    backchannelUrl: setting('PARVIS_BACKCHANNEL_URL', z.url()),
    demo: setting('PARVIS_DEMO', z.enum(['on', 'off']).default('off')),
  },
  processEnvironment,
);

const identity = await startIdentity({
  ...settings,
  publicUrl: settings.publicUrl.replace(/\/+$/, ''),
  realm: JSON.parse(await readFile(settings.realmFile, 'utf8')) as unknown,
  dataFolder: join(settings.dataFolder, 'identity'),
  demo: settings.demo === 'on',
  warn: (line) => process.stderr.write(`${line}\n`),
});
process.stdout.write(`identity: stand-in for Keycloak at ${identity.url}, issuer ${identity.issuer}\n`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void identity.close());
}
