import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * The realm of infra/keycloak with its demo people, laid in the data folder for whoever provides the identities, and
 * the values of its variables.
 * @returns {Promise<{folder: string, file: string, settings: Record<string, string>}>}
 */
export async function layRealm({ root, dataFolder, publicUrl, directoryPort, secrets }) {
  const { writeRealm } = await import(pathToFileURL(join(root, 'infra', 'keycloak', 'assemble.mjs')).href);
  const folder = join(dataFolder, 'realm');
  const file = writeRealm({ demo: true, folder });
  const settings = {
    PARVIS_PUBLIC_URL: publicUrl,
    PARVIS_PORTAL_CLIENT_SECRET: secrets.oidcClient,
    PARVIS_DIRECTORY_CLIENT_SECRET: secrets.oidcAdminClient,
    PARVIS_BACKCHANNEL_URL: `http://127.0.0.1:${directoryPort}/auth/backchannel-logout`,
  };
  return { folder, file, settings };
}
