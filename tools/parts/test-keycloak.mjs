import { Progress } from './progress.mjs';
import { openKeycloak, prepare } from './keycloak.mjs';
import { Ports } from './ports.mjs';
import { layRealm } from './realm.mjs';
import { withTestDatabase } from './test-database.mjs';
import { vitest } from './vitest.mjs';

const portsFrom = 28_500;

/** The promises of sign-in, kept by a real Keycloak: the same file of tests that holds the stand-in to them. */
export function runOnKeycloak({ root, progress }) {
  return withTestDatabase({ root, progress }, async (adminUrl, { house, folder, secrets }) => {
    const prepared = await prepare({ root, progress: new Progress() });
    const ports = new Ports(portsFrom, { PARVIS_INTERNAL_PORTS_FROM: portsFrom });
    const [port, managementPort, directoryPort] = [
      await ports.take(),
      await ports.take(),
      await ports.take(),
    ];
    const publicUrl = `http://127.0.0.1:${port}`;
    const realm = await layRealm({ root, dataFolder: folder, publicUrl, directoryPort, secrets });
    const server = { serverUrl: adminUrl.slice(0, adminUrl.lastIndexOf('/')) };
    await progress.part('keycloak', () =>
      openKeycloak({
        root,
        house,
        prepared,
        dataFolder: folder,
        server,
        publicUrl,
        port,
        managementPort,
        secrets,
        realmSettings: realm.settings,
        realmFolder: realm.folder,
      }).then(() => ''),
    );
    const results = await vitest({
      root,
      stage: 'sign-in on Keycloak',
      args: ['apps/identity/src/journey.test.ts', '-t', '^Keycloak '],
      env: { PARVIS_TEST_DATABASE_URL: adminUrl, PARVIS_KEYCLOAK_URL: publicUrl, ...realm.settings },
    });
    // The stand-in's share of the file has been counted before.
    return { ...results, skipped: results.skipped.filter(({ name }) => name.includes('> Keycloak')) };
  });
}
