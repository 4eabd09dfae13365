import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cacheFolder } from './cache.mjs';
import { connected, ensureDatabase } from './postgres.mjs';
import { Stop } from './stop.mjs';

/** A first start lays down its tables: a minute of work on two cores. */
const readyMsMax = 300_000;
const database = 'keycloak';
const portalClient = 'parvis-portal';
/** A ministry on one machine; production sizes its own. */
const heap = '-Xms64m -Xmx384m';

/** Keycloak, fetched and built once: what `infra/keycloak/keycloak.mjs` knows how to do. */
export async function prepare({ root, progress }) {
  const keycloak = await import(pathToFileURL(join(root, 'infra', 'keycloak', 'keycloak.mjs')).href);
  try {
    const log = (line) => progress.say(`  ${line}`);
    const { home } = await keycloak.prepareKeycloak({ cacheFolder: cacheFolder(), log });
    return { home, keycloakCommand: keycloak.keycloakCommand };
  } catch (error) {
    throw new Stop(`${error.message} Or give the address of one that runs in KEYCLOAK_URL.`);
  }
}

function javaEnvironment(dataFolder) {
  const { PATH = '', HOME = dataFolder, JAVA_HOME } = process.env;
  return { PATH, HOME, LANG: 'C.UTF-8', JAVA_OPTS_KC_HEAP: heap, ...(JAVA_HOME ? { JAVA_HOME } : {}) };
}

/** Starts Keycloak on its own database of the same server, with the realm of infra/keycloak. */
export async function openKeycloak({
  root,
  house,
  prepared,
  dataFolder,
  server,
  publicUrl,
  port,
  managementPort,
  secrets,
  realmSettings,
  realmFolder,
}) {
  await ensureDatabase(root, `${server.serverUrl}/postgres`, database, secrets.databaseKeycloak);
  await connected(root, `${server.serverUrl}/${database}`, (client) =>
    client.query(`grant all on schema public to ${database}`),
  );
  const { hostname: databaseHost, port: databasePort } = new URL(server.serverUrl);
  const { command, args, env } = prepared.keycloakCommand({
    home: prepared.home,
    instanceFolder: join(dataFolder, 'keycloak'),
    importFolder: realmFolder,
    port,
    managementPort,
    hostname: publicUrl,
    behindProxy: true,
    database: {
      url: `jdbc:postgresql://${databaseHost}:${databasePort}/${database}`,
      user: database,
      password: secrets.databaseKeycloak,
    },
    environment: {
      ...realmSettings,
      KC_BOOTSTRAP_ADMIN_USERNAME: 'admin',
      KC_BOOTSTRAP_ADMIN_PASSWORD: secrets.keycloakAdmin,
    },
  });
  const url = `http://127.0.0.1:${port}`;
  await house.open({
    name: 'identity',
    command,
    args,
    cwd: join(dataFolder, 'keycloak'),
    ownFolder: true,
    env: { ...javaEnvironment(dataFolder), ...env },
    stage: 2,
    stopMsMax: 15_000,
    ready: async () =>
      (
        await fetch(`${url}/realms/parvis/.well-known/openid-configuration`, {
          signal: AbortSignal.timeout(5_000),
        })
      ).ok,
    readyMsMax,
  });
  await followAddress({ url, realmFolder, realmSettings, password: secrets.keycloakAdmin });
  return url;
}

/**
 * A realm is imported once, and then keeps the address of that day. When the house has moved to another port or name,
 * the portal's client is told so.
 */
async function followAddress({ url, realmFolder, realmSettings, password }) {
  const { clients } = JSON.parse(readFileSync(join(realmFolder, 'parvis-realm.json'), 'utf8'));
  const fill = (text) =>
    text.replace(/\$\{(PARVIS_[A-Z0-9_]+)(?::([^}]*))?\}/g, (_, name, usual) => realmSettings[name] ?? usual);
  const told = clients.find(({ clientId }) => clientId === portalClient);
  const wanted = JSON.parse(
    fill(
      JSON.stringify({ baseUrl: told.baseUrl, redirectUris: told.redirectUris, attributes: told.attributes }),
    ),
  );

  const signedIn = await fetch(`${url}/realms/master/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'password',
      client_id: 'admin-cli',
      username: 'admin',
      password,
    }),
  });
  if (!signedIn.ok)
    throw new Stop(
      `Keycloak does not know its administrator any more (${signedIn.status}): was its database replaced?`,
    );
  const headers = {
    authorization: `Bearer ${(await signedIn.json()).access_token}`,
    'content-type': 'application/json',
  };
  const [client] = await (
    await fetch(`${url}/admin/realms/parvis/clients?clientId=${portalClient}`, { headers })
  ).json();
  const isSame =
    client.baseUrl === wanted.baseUrl &&
    String(client.redirectUris) === String(wanted.redirectUris) &&
    Object.entries(wanted.attributes).every(([name, value]) => client.attributes[name] === value);
  if (isSame) return;
  const changed = { ...client, ...wanted, attributes: { ...client.attributes, ...wanted.attributes } };
  const saved = await fetch(`${url}/admin/realms/parvis/clients/${client.id}`, {
    method: 'PUT',
    headers,
    body: JSON.stringify(changed),
  });
  if (!saved.ok) throw new Stop(`Keycloak did not take the new address of the portal (${saved.status}).`);
}
