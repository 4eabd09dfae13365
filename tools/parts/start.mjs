import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoAccounts } from './accounts.mjs';
import { build, watchSources } from './build.mjs';
import { claimDataFolder } from './data-folder.mjs';
import { buildLiveKit, canBuildLiveKit, findLiveKit, openLiveKit, withoutLiveKit } from './livekit.mjs';
import { startOptions } from './options.mjs';
import { embeddedParts, openFullParts, openIdentity, requireFullParts } from './outside.mjs';
import { claimPort, nextFree, Ports } from './ports.mjs';
import { openPortal } from './portal.mjs';
import { openPostgres } from './postgres.mjs';
import { endPrograms, pause, until } from './processes.mjs';
import { seconds } from './progress.mjs';
import { layRealm } from './realm.mjs';
import { readSecrets } from './secrets.mjs';
import { environmentOf, migrate, openServices, servicesOf } from './services.mjs';
import { openSpeech, planSpeech } from './speech.mjs';
import { Stop } from './stop.mjs';
import { House } from './supervise.mjs';

const usualPort = 8080;
const loginReadyMsMax = 30_000;
const tidyMsMax = 5_000;

/** Builds and opens the house, and keeps it open until it is asked to end. */
export async function start({ root, argv, progress, onEnd }) {
  const options = startOptions(argv);
  if (options.help) {
    progress.say(options.help);
    return 0;
  }
  const port = await choosePort(options.port, progress);
  const data = claimDataFolder({ root, asked: options.dataFolder, progress });
  const house = new House({ logsFolder: join(data.folder, 'logs'), say: (line) => progress.warn(line) });
  let asked = false;
  const ended = new Promise((resolve) => {
    onEnd((reason, times) => {
      asked = true;
      // What is under way (a build, a database being laid down) gives up; it tidies up behind itself.
      endPrograms();
      if (times === 1) progress.say(`\n${reason}: stopping (once more to stop at once)`);
      void house.close({ atOnce: times > 1 }).then(() => resolve(reason));
    });
  });
  try {
    const opening = open({ root, progress, house, port, options, dataFolder: data.folder });
    opening.catch(() => {});
    await Promise.race([opening, ended]);
    await ended;
    await Promise.race([opening.catch(() => {}), pause(tidyMsMax)]);
    return 0;
  } catch (error) {
    await house.close();
    // When the person stops us on the way, what fails next is not news.
    if (!asked) throw error;
    return 0;
  } finally {
    data.release();
  }
}

/** The port asked for, or the usual one, or the next that is free. */
async function choosePort(asked, progress) {
  if (asked !== null) {
    if (await claimPort(asked)) return asked;
    throw new Stop(
      `Port ${asked} is in use by another program: stop that program, or choose another port with --port.`,
    );
  }
  const port = await nextFree(usualPort);
  if (port === null) throw new Stop(`No port is free from ${usualPort} on: choose one with --port.`);
  if (port !== usualPort) progress.say(`  port ${usualPort} is in use: taking ${port}`);
  return port;
}

async function portsOf({ root, port, profile }) {
  const ports = new Ports(port);
  const names = servicesOf(root, profile);
  const taken = { gateway: port };
  for (const name of [...names, 'portal', 'livekit', 'database', 'speech'])
    taken[name] ??= await ports.take();
  return { ports, names, taken };
}

async function open({ root, progress, house, port, options, dataFolder }) {
  const { profile } = options;
  const publicUrl = options.publicUrl ?? `http://localhost:${port}`;
  const secrets = readSecrets(dataFolder);
  if (process.env.PARVIS_OIDC_CLIENT_SECRET) secrets.oidcClient = process.env.PARVIS_OIDC_CLIENT_SECRET;
  mkdirSync(join(dataFolder, 'services'), { recursive: true, mode: 0o700 });
  const found = profile === 'full' ? await requireFullParts({ root, progress }) : null;
  const { ports, names, taken } = await portsOf({ root, port, profile });
  const realm = await layRealm({ root, dataFolder, publicUrl, directoryPort: taken.directory, secrets });
  const ground = { root, progress, house, dataFolder, ports, secrets, publicUrl, realm };

  // What needs the processor (building) and what mostly waits (the parts beside) go together.
  const [server, outside] = await together(house, [
    openDatabase({ ...ground, port: taken.database }).then(async (database) => {
      const identity = found ? await openFullIdentity({ ...ground, server: database, found }) : {};
      return { ...database, identity };
    }),
    found ? openFullParts({ ...ground, found }) : embeddedParts(),
    progress.part('building', () => build({ root, progress, portal: !options.watch })),
  ]);
  await progress.part('schemas', () =>
    migrate({ root, adminUrl: server.adminUrl, rolePassword: secrets.databaseRoles }),
  );
  const meetings = planMeetings({ taken, secrets });
  const speech = planSpeech({ port: taken.speech });
  const standIns = [...outside.standIns, meetings.standIn, speech.standIn].filter(Boolean);
  const env = environmentOf({
    publicUrl,
    profile,
    dataFolder,
    names,
    ports: taken,
    database: server,
    secrets,
    realm,
    standIns,
    outside: {
      ...server.identity,
      settings: { ...outside.settings, ...meetings.settings, ...speech.settings },
    },
  });
  let groups = [];
  await together(house, [
    progress.part('services', async () => {
      groups = await openServices({ root, house, names, ports: taken, env, split: options.split });
    }),
    progress.part('portal', () => openPortal({ root, house, port: taken.portal, env, watch: options.watch })),
    openMeetings({ ...ground, taken, meetings }),
    openSpeech({ ...ground, ...speech, port: taken.speech }),
    progress.part(found ? 'sign-in' : 'identity', () => signInAnswers(port, house)),
  ]);
  if (options.watch) watch({ root, house, groups, progress });
  const tell = () =>
    writeReady({ file: options.jsonReady, url: publicUrl, house, dataFolder, profile, taken, server });
  house.onChange = tell;
  tell();
  welcome({ progress, realm, publicUrl, dataFolder, standIns, profile });
}

/** The results of all; the first that fails closes the house, so that the others give up at once. */
async function together(house, promises) {
  let first = null;
  const results = await Promise.allSettled(
    promises.map((one) =>
      Promise.resolve(one).catch((error) => {
        first ??= error;
        return house.close();
      }),
    ),
  );
  if (first) throw first;
  return results.map(({ value }) => value);
}

/** The embedded database, or the one whose address is given. */
async function openDatabase({ root, progress, house, dataFolder, port, secrets }) {
  const given = process.env.PARVIS_ADMIN_DATABASE_URL;
  if (given) {
    if (!URL.canParse(given))
      throw new Stop('PARVIS_ADMIN_DATABASE_URL is like postgres://role:password@host:5432/parvis.');
    const server = new URL(given);
    server.pathname = '';
    return { adminUrl: given, serverUrl: server.href.replace(/\/$/, '') };
  }
  return progress.part('database', () =>
    openPostgres({ root, house, dataFolder, port, password: secrets.databaseAdmin }),
  );
}

function openFullIdentity({ realm, progress, ...rest }) {
  return progress.part('identity', () =>
    openIdentity({ ...rest, progress, realmSettings: realm.settings, realmFolder: realm.folder }),
  );
}

/** Which media server there will be: one given by address, one on this machine, one being built, or none. */
function planMeetings({ taken, secrets }) {
  const { LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET } = process.env;
  if (LIVEKIT_URL) {
    if (!LIVEKIT_API_KEY || !LIVEKIT_API_SECRET) {
      throw new Stop('LIVEKIT_URL is set, so LIVEKIT_API_KEY and LIVEKIT_API_SECRET must be too.');
    }
    return { binary: null, outside: true, settings: { LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET } };
  }
  const binary = findLiveKit();
  const settings = {
    LIVEKIT_URL: `http://127.0.0.1:${taken.livekit}`,
    LIVEKIT_API_KEY: secrets.livekitKey,
    LIVEKIT_API_SECRET: secrets.livekitSecret,
  };
  const standIn = binary
    ? null
    : {
        name: 'meetings',
        detail: 'meetings-off',
        words: 'no media server yet: it is built in the background where Go is installed',
      };
  return { binary, settings, standIn };
}

/** Starts the media server if it is there; builds it in the background if it can be built; else says what is missing. */
async function openMeetings({ progress, house, dataFolder, ports, secrets, taken, meetings }) {
  if (meetings.outside) return progress.say('  meetings     the LiveKit at LIVEKIT_URL');
  const run = (binary) =>
    openLiveKit({
      house,
      binary,
      dataFolder,
      ports,
      httpPort: taken.livekit,
      key: secrets.livekitKey,
      secret: secrets.livekitSecret,
      webhookUrl: `http://127.0.0.1:${taken.meet}/api/meet/livekit-webhook`,
    });
  if (meetings.binary) return progress.part('meetings', () => run(meetings.binary));
  if (!(await canBuildLiveKit())) return progress.warn(`meetings ${withoutLiveKit}`);
  progress.say('  meetings     the media server is being built in the background (some minutes, this once)');
  void buildLiveKit()
    .then(async (binary) => {
      await run(binary);
      progress.say('  meetings     ready');
      house.onChange();
    })
    .catch((error) => {
      if (!house.closing) progress.warn(`meetings ${error.message}`);
    });
}

/** People can sign in when the realm answers where their browsers will ask. */
async function signInAnswers(port, house) {
  const url = `http://127.0.0.1:${port}/realms/parvis/.well-known/openid-configuration`;
  const answered = await until(async () => (await fetch(url, { signal: AbortSignal.timeout(5_000) })).ok, {
    msMax: 60_000 + loginReadyMsMax,
    givenUp: () => house.closing,
  });
  if (!answered && !house.closing) throw new Stop(`The sign-in page does not answer at ${url}.`);
}

function watch({ root, house, groups, progress }) {
  const compiler = watchSources({
    root,
    say: (line) => progress.say(line),
    onBuilt: () => {
      for (const name of groups) {
        house.restart(name).then(
          () => progress.say(`${name} restarted`),
          (error) => progress.warn(error.message),
        );
      }
    },
  });
  process.once('exit', () => compiler.kill());
}

/** For tests and benches: what runs where. Written in one step, and again when a part has come back. */
function writeReady({ file, url, house, dataFolder, profile, taken, server }) {
  if (!file) return;
  const text = JSON.stringify({
    url,
    pid: process.pid,
    launcherPid: process.ppid,
    pids: house.pids,
    dataFolder,
    profile,
    ports: taken,
    adminDatabaseUrl: server.adminUrl,
  });
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function welcome({ progress, realm, publicUrl, dataFolder, standIns, profile }) {
  const say = (line = '') => progress.say(line);
  say();
  say(`Parvis is open at ${publicUrl}   (${seconds(Date.now() - progress.startedAt)} in all)`);
  say();
  const accounts = demoAccounts(realm.file);
  if (accounts.length > 0) say('Demo accounts:');
  for (const { username, password, name, language } of accounts) {
    say(`  ${username.padEnd(24)} ${password.padEnd(20)} ${name}${language ? ` (${language})` : ''}`);
  }
  if (profile === 'full' && !process.env.KEYCLOAK_URL) {
    say(`  Keycloak's administrator: admin, password "keycloakAdmin" in ${join(dataFolder, 'secrets.json')}`);
  }
  if (standIns.length > 0) say('Stand-ins of this profile:');
  for (const { name, words } of standIns) say(`  ${name.padEnd(12)} ${words}`);
  say(`Data: ${dataFolder}   (npm run reset clears it)   Logs: ${join(dataFolder, 'logs')}`);
  say('Ctrl-C stops everything.');
}
