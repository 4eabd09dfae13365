import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildWithGo, cachedBinary, go, goOldest, onPath } from './cache.mjs';
import { Stop } from './stop.mjs';

/** 1.13.5 is the last that can be built from the module proxy: later ones replace modules. */
export const livekitRecipe = {
  name: 'livekit-server',
  module: 'github.com/livekit/livekit-server/cmd/server',
  version: 'v1.13.5',
  built: 'server',
};

const mediaFrom = 50_000;
const mediaPorts = 4;
const readyMsMax = 20_000;
const roomIdleSeconds = 60;

/** A LiveKit server that can be run now, or null. */
export function findLiveKit() {
  const given = process.env.LIVEKIT_SERVER;
  if (given) {
    if (existsSync(given)) return given;
    throw new Stop(
      `LIVEKIT_SERVER names ${given}, which does not exist: give the path of livekit-server, or unset it.`,
    );
  }
  const cached = cachedBinary(livekitRecipe);
  return onPath('livekit-server') ?? (existsSync(cached) ? cached : null);
}

export async function canBuildLiveKit() {
  return (await go()) !== null;
}

export const buildLiveKit = () => buildWithGo(livekitRecipe);

export const withoutLiveKit = `not available: no livekit-server on PATH or in LIVEKIT_SERVER, and no Go ${goOldest} to build it`;

/** Writes the configuration and starts the media server; it answers `OK` on its HTTP port. */
export async function openLiveKit({
  house,
  binary,
  dataFolder,
  ports,
  httpPort,
  key,
  secret,
  webhookUrl,
  redis,
}) {
  const folder = join(dataFolder, 'livekit');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // A meeting's media goes to this address; the loopback serves browsers of this machine.
  const nodeAddress = process.env.LIVEKIT_NODE_IP || '127.0.0.1';
  const local = nodeAddress === '127.0.0.1';
  const udp = await ports.takeUdp(mediaPorts, mediaFrom, local ? '127.0.0.1' : '0.0.0.0');
  const config = {
    port: httpPort,
    bind_addresses: ['127.0.0.1'],
    rtc: {
      udp_port: `${udp}-${udp + mediaPorts - 1}`,
      // LiveKit would listen for media over TCP on every address of the machine, whatever it binds to.
      // A port of this house's own: two houses on one machine must not meet at the usual one.
      tcp_port: await ports.take('0.0.0.0'),
      use_external_ip: false,
      node_ip: nodeAddress,
      ...(local ? { enable_loopback_candidate: true, interfaces: { includes: ['lo'] } } : {}),
    },
    keys: { [key]: secret },
    room: { auto_create: false, empty_timeout: roomIdleSeconds },
    webhook: { api_key: key, urls: [webhookUrl] },
    prometheus: { port: await ports.take() },
    logging: { json: true, level: 'info' },
    ...(redis ? { redis } : {}),
  };
  const file = join(folder, 'livekit.yaml');
  // JSON is YAML; the file holds the signing key.
  writeFileSync(file, JSON.stringify(config, null, 2), { mode: 0o600 });
  return house.open({
    name: 'meetings',
    command: binary,
    args: ['--config', file],
    cwd: folder,
    ownFolder: true,
    stage: 2,
    ready: async () =>
      (await fetch(`http://127.0.0.1:${httpPort}/`, { signal: AbortSignal.timeout(2_000) })).ok,
    readyMsMax,
  });
}
