import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { migrationSettings, services, settingsOf } from './settings.ts';
import { read, root } from './tree.ts';

const chart = join(root, 'infra', 'helm', 'parvis');
const cached = join(process.env.PARVIS_CACHE || join(homedir(), '.cache', 'parvis'), 'bin', 'helm');
const helm = existsSync(cached) ? cached : 'helm';
const hasHelm = spawnSync(helm, ['version']).status === 0;

interface Container {
  name: string;
  image: string;
  env?: { name: string }[];
  securityContext: Record<string, unknown>;
  resources: { limits?: unknown };
  readinessProbe?: unknown;
}
interface Thing {
  kind: string;
  metadata: { name: string };
  data?: Record<string, string>;
  spec: {
    rules: { host: string }[];
    replicas: number;
    template: { spec: { securityContext: Record<string, unknown>; containers: Container[] } };
  };
}

function render(...more: string[]): { status: number | null; things: Thing[]; said: string } {
  const { status, stdout, stderr } = spawnSync(
    helm,
    ['template', 'house', chart, '--kube-version', '1.31.0', ...more],
    { encoding: 'utf8' },
  );
  const documents = parseAllDocuments(stdout);
  for (const document of documents) expect(document.errors).toEqual([]);
  return { status, said: stderr, things: documents.map((one) => one.toJS() as Thing).filter(Boolean) };
}

test('the secret that the chart asks for is described setting by setting', () => {
  const values = read('infra/helm/parvis/values.yaml');
  const secret = services
    .flatMap(settingsOf)
    .filter(({ variable }) => /SECRET|SESSION_KEY|ACCESS_KEY/.test(variable));
  for (const { variable } of secret) expect(values).toContain(variable);
  for (const { variable } of migrationSettings()) expect(values).toContain(variable);
});

// Without helm there is nothing that could read templates: go install helm.sh/helm/v3/cmd/helm@v3.19.0
describe.skipIf(!hasHelm)('the chart (needs helm on PATH or in the cache)', () => {
  test('renders a workload, an address and a policy for each process', () => {
    const { status, things } = render();
    expect(status).toBe(0);
    for (const name of [...services, 'portal']) {
      for (const kind of ['Deployment', 'Service', 'NetworkPolicy']) {
        expect(
          things.filter((one) => one.kind === kind && one.metadata.name === `house-${name}`).length,
          `${kind} ${name}`,
        ).toBe(1);
      }
    }
    expect(things.filter(({ kind }) => kind === 'Job').map(({ metadata }) => metadata.name)).toEqual([
      'house-migrate',
    ]);
    expect(things.find(({ kind }) => kind === 'Ingress')?.spec.rules[0]?.host).toBe('parvis.example');
    const budgets = things.filter(({ kind }) => kind === 'PodDisruptionBudget').length;
    expect(budgets).toBe(
      things.filter(({ kind, spec }) => kind === 'Deployment' && spec.replicas > 1).length,
    );
  });

  test('every container is unprivileged, bounded, and has a read-only root', () => {
    const workloads = render().things.filter(({ kind }) => kind === 'Deployment' || kind === 'Job');
    for (const { spec, kind, metadata } of workloads) {
      expect(spec.template.spec.securityContext).toMatchObject({ runAsNonRoot: true });
      for (const container of spec.template.spec.containers) {
        expect(container.securityContext).toMatchObject({
          readOnlyRootFilesystem: true,
          allowPrivilegeEscalation: false,
        });
        expect(container.resources.limits, metadata.name).toBeDefined();
        expect(container.image).toMatch(/:0\.1\.0$/);
        if (kind === 'Deployment') expect(container.readinessProbe).toBeDefined();
      }
    }
  });

  test('what is not secret and a service needs is in the settings, under names that a service knows', () => {
    const { data = {} } = render().things.find(({ kind }) => kind === 'ConfigMap') as Thing;
    const known = services.flatMap(settingsOf);
    const names = new Set(known.map(({ variable }) => variable));
    expect(Object.keys(data).filter((name) => !names.has(name))).toEqual([]);
    const elsewhere = /SECRET|SESSION_KEY|_PORT$|_DATABASE_URL$|PARVIS_DATA_FOLDER/;
    const missing = known.filter(
      ({ variable, isRequired }) => isRequired && !elsewhere.test(variable) && !(variable in data),
    );
    expect(missing.map(({ variable }) => variable)).toEqual([]);
    expect(Object.keys(JSON.parse(data.PARVIS_SERVICES as string) as object).sort()).toEqual([
      'chat',
      'directory',
      'docs',
      'drive',
      'identity',
      'meet',
      'notify',
    ]);
  });

  test.each([
    ['publicUrl=https://parvis.example/', 'publicUrl'],
    ['services.chat.replicas=0', 'replicas'],
    ['servces.chat.replicas=2', 'servces'],
    ['logLevel=loud', 'logLevel'],
  ])('%s is refused by name', (wrong, named) => {
    const { status, said } = render('--set', wrong);
    expect(status).not.toBe(0);
    expect(said).toContain(named);
  });
});
