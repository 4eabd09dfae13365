import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serviceNames } from './build.mjs';
import { findChromium } from './chromium.mjs';
import { run } from './processes.mjs';
import { Stop } from './stop.mjs';

const here = fileURLToPath(new URL('..', import.meta.url));
const heapMegabytesMax = 768;
const readyMsMax = 60_000;

/** Variables of npm and of our own launcher are no business of the services. */
function inherited() {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(npm_|NX_|INIT_CWD$|PORT$|NODE_ENV$|PARVIS_(INNER|STARTED_AT|DATA)$)/.test(name),
    ),
  );
}

/** The services of a profile, in the order of their start: whom people ask for first comes last. */
export function servicesOf(root, profile) {
  const names = serviceNames(root).filter((name) => profile === 'embedded' || name !== 'identity');
  const rank = (name) => ({ identity: 0, directory: 1, gateway: 9 })[name] ?? 5;
  return names.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

/** The address by which a service's own role reaches the database. */
function roleUrl(adminUrl, name, password) {
  const url = new URL(adminUrl);
  url.username = `parvis_${name}`;
  url.password = password;
  return url.href;
}

/** What every process of the house is told. Names are those of libs/server/src/settings.ts and of each service. */
export function environmentOf({
  publicUrl,
  profile,
  dataFolder,
  names,
  ports,
  database,
  secrets,
  realm,
  outside,
  standIns,
}) {
  const services = Object.fromEntries(names.map((name) => [name, `http://127.0.0.1:${ports[name]}`]));
  if (outside.identityUrl) services.identity = outside.identityUrl;
  const own = Object.fromEntries(
    names.flatMap((name) => [
      [`${name.toUpperCase()}_PORT`, String(ports[name])],
      [`${name.toUpperCase()}_DATABASE_URL`, roleUrl(database.adminUrl, name, secrets.databaseRoles)],
      [`${name.toUpperCase()}_SEED`, 'demo'],
    ]),
  );
  const chromium = findChromium();
  return {
    ...(chromium ? { DOCS_CHROMIUM: chromium, MEET_CHROMIUM: chromium } : {}),
    ...inherited(),
    NODE_ENV: 'production',
    PARVIS_PUBLIC_URL: publicUrl,
    PARVIS_PROFILE: profile,
    PARVIS_DATA_FOLDER: join(dataFolder, 'services'),
    PARVIS_OIDC_ISSUER: outside.issuer ?? `${publicUrl}/realms/parvis`,
    PARVIS_OIDC_CLIENT_SECRET: secrets.oidcClient,
    DIRECTORY_ADMIN_CLIENT_SECRET: secrets.oidcAdminClient,
    DIRECTORY_SESSION_KEY: secrets.session,
    PARVIS_REALM_FILE: realm.file,
    PARVIS_DEMO: 'on',
    ...realm.settings,
    PARVIS_SERVICES: JSON.stringify(services),
    PARVIS_STAND_INS: JSON.stringify(standIns.map(({ name, detail }) => ({ name, detail }))),
    PORTAL_URL: `http://127.0.0.1:${ports.portal}`,
    LIVEKIT_URL: `http://127.0.0.1:${ports.livekit}`,
    LIVEKIT_API_KEY: secrets.livekitKey,
    LIVEKIT_API_SECRET: secrets.livekitSecret,
    ...outside.settings,
    ...own,
  };
}

/** Brings every schema up to date. */
export async function migrate({ root, adminUrl, rolePassword }) {
  const { status, output } = await run(
    process.execPath,
    [join(root, 'libs', 'server', 'dist', 'migrate-cli.js')],
    {
      cwd: root,
      env: { ...inherited(), PARVIS_ADMIN_DATABASE_URL: adminUrl, PARVIS_ROLE_PASSWORD: rolePassword },
    },
  );
  if (status !== 0)
    throw new Stop(
      `${output.trim()}\n\nThe database could not be brought up to date; its data is untouched.`,
    );
}

/** Where a service says that it is ready. The stand-in for Keycloak says it as Keycloak does. */
const readyPaths = { identity: '/realms/parvis/.well-known/openid-configuration' };

async function isReady(name, port) {
  const url = `http://127.0.0.1:${port}${readyPaths[name] ?? '/health/ready'}`;
  const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(2_000) });
  // All paths of the gateway lead to somebody else: that it answers at all is its own readiness.
  return name === 'gateway' || answer.ok;
}

/** Starts the services, together or (`split`) each in a process of its own, and waits until each says it is ready. */
export async function openServices({ root, house, names, ports, env, split }) {
  const groups = split ? names.map((name) => [name]) : [names];
  await Promise.all(
    groups.map((group) =>
      house.open({
        name: split ? group[0] : 'services',
        command: process.execPath,
        args: [
          `--max-old-space-size=${heapMegabytesMax}`,
          '--enable-source-maps',
          join(here, 'serve.mjs'),
          `--services=${group.join(',')}`,
        ],
        cwd: root,
        env,
        ipc: true,
        stage: 1,
        stopMsMax: 11_000,
        ready: async () =>
          (await Promise.all(group.map((name) => isReady(name, ports[name])))).every(Boolean),
        readyMsMax,
      }),
    ),
  );
  return groups.map((group) => (split ? group[0] : 'services'));
}
