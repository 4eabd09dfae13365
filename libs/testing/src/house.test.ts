import { getMeetStatus } from '@parvis/contract/meet';
import { Refusal } from '@parvis/contract/refusal';
import { Serves } from '@parvis/server/serves';
import type { Service } from '@parvis/server/service';
import { Controller, Module } from '@nestjs/common';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aHouse, type House } from './house.ts';

@Controller()
class Status {
  @Serves(getMeetStatus)
  status() {
    return { state: 'off' as const };
  }
}

@Module({ controllers: [Status] })
class TinyModule {}

const tiny: Service = { name: 'meet', module: TinyModule, database: { name: 'meet', migrations: [] } };
let house: House;

beforeAll(async () => {
  house = await aHouse([tiny]);
});
afterAll(() => house.stop());

test('a person with a session is served', async () => {
  const visitor = await house.person();
  expect(await visitor.call(getMeetStatus, {})).toEqual({ state: 'off' });
});

test('somebody without a session is not', async () => {
  const answer = await fetch(`${house.urlOf('meet')}/api/meet/status`);
  expect(answer.status).toBe(401);
  expect(await answer.json()).toMatchObject({ code: 'no-session' });
});

test('a service’s role may not touch the journal’s past', async () => {
  const role = new (await import('pg')).default.Client(house.env.MEET_DATABASE_URL);
  await role.connect();
  await expect(role.query('delete from access.audit')).rejects.toThrow(/permission denied/);
  await role.end();
});

test('a refusal is an error with its code', async () => {
  const guest = await house.person({ kind: 'guest' });
  await house.pool.query('update access.person set disabled_at = now() where subject_id = $1', [
    guest.person.id,
  ]);
  await expect(guest.call(getMeetStatus, {})).rejects.toBeInstanceOf(Refusal);
});
