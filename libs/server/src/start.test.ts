import { connect, createServer, type Server, type Socket } from 'node:net';
import { aHouse, type House } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { careless, probe } from './probe.kit.ts';
import { start } from './serve.ts';
import { BadSettings } from './settings.ts';

let house: House;
beforeAll(async () => {
  house = await aHouse([probe]);
});
afterAll(() => house?.stop());

/** Stands between a service and PostgreSQL, so that a test can take the database away and bring it back. */
class Wire {
  readonly #open = new Set<Socket>();
  readonly #target: URL;
  #server: Server | undefined;
  #port = 0;
  /** Connections that were ever taken. */
  taken = 0;
  constructor(target: string) {
    this.#target = new URL(target);
  }
  /** Ends of connections that are open now. */
  get open(): number {
    return this.#open.size;
  }
  async join(): Promise<string> {
    const server = createServer((near) => {
      this.taken += 1;
      const far = connect(Number(this.#target.port), this.#target.hostname);
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#open.add(one);
        one.pipe(other);
        one.on('error', () => other.destroy()).on('close', () => this.#open.delete(one));
      }
    });
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (server.address() as { port: number }).port;
    this.#server = server;
    const url = new URL(this.#target);
    url.host = `127.0.0.1:${this.#port}`;
    return url.href;
  }
  async cut(): Promise<void> {
    const closed = new Promise((resolve) => this.#server?.close(resolve));
    for (const socket of this.#open) socket.destroy();
    await closed;
  }
}

test('a bad setting stops the start: every bad variable is named, no value is repeated', async () => {
  const env = {
    ...house.env,
    PARVIS_PUBLIC_URL: 'hunter2-not-a-url',
    PARVIS_DATA_FOLDER: '',
    PARVIS_PROFILE: 'hunter2-profile',
    PROBE_PORT: '99999',
    PARVIS_STAND_INS: '{hunter2',
  };
  const error = await start(probe, env).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(BadSettings);
  expect((error as BadSettings).variables.sort()).toEqual([
    'PARVIS_DATA_FOLDER',
    'PARVIS_PROFILE',
    'PARVIS_PUBLIC_URL',
    'PARVIS_STAND_INS',
    'PROBE_PORT',
  ]);
  expect((error as BadSettings).message).toContain('PARVIS_DATA_FOLDER: is not set');
  expect((error as BadSettings).message).not.toMatch(/hunter2|99999/);
});

test('a service without its database URL names the variable', async () => {
  await expect(start(probe, { ...house.env, PROBE_DATABASE_URL: '' })).rejects.toThrow(
    'PROBE_DATABASE_URL: is not set',
  );
});

test('a route that does not name who may call it stops the start, and is named', async () => {
  const error = await start(careless, house.env).then(
    async (served) => served.close(),
    (thrown: unknown) => thrown,
  );
  expect(String(error)).toContain('OpenDoors.forgotten (/api/careless/forgotten)');
  expect(String(error)).not.toContain('remembered');
});

test('a start that fails leaves no connection behind', async () => {
  const busy = new URL(house.urlOf('probe')).port;
  // Its own wire, so that the connections of the house that lives on are not counted.
  const wire = new Wire(house.env.PROBE_DATABASE_URL as string);
  const given = { PROBE_PORT: busy, PROBE_DATABASE_URL: await wire.join() };
  await expect(house.another(probe, given)).rejects.toThrow('EADDRINUSE');
  expect(wire.taken).toBeGreaterThan(0);
  await expect.poll(() => wire.open, { timeout: 30_000 }).toBe(0);
  await wire.cut();
});

test('without PostgreSQL the service is live but not ready and says unavailable; it comes back by itself', async () => {
  const wire = new Wire(house.env.PROBE_DATABASE_URL as string);
  const served = await house.another(probe, { PROBE_DATABASE_URL: await wire.join() });
  const visitor = await house.person({}, () => served.url);
  try {
    const ready = async () => (await fetch(`${served.url}/health/ready`)).status;
    const read = () => visitor.fetch('/api/probe/notes/0190a000-0000-7000-8000-000000000000');
    expect([await ready(), (await read()).status]).toEqual([200, 404]);
    await wire.cut();
    await expect.poll(ready).toBe(503);
    expect((await fetch(`${served.url}/health/live`)).status).toBe(200);
    const refused = await read();
    expect(refused.status).toBe(503);
    expect(await refused.json()).toMatchObject({ code: 'unavailable' });
    expect((await fetch(`${served.url}/metrics`)).status).toBe(200);
    await wire.join();
    await expect.poll(ready, { timeout: 30_000 }).toBe(200);
    await expect.poll(async () => (await read()).status, { timeout: 30_000 }).toBe(404);
  } finally {
    await served.close();
    await wire.cut();
  }
});
