import { readFile } from 'node:fs/promises';
import { findPersonBySub, type Person } from '@parvis/access/people';
import { demoPassword, demoPeople, demoSpaces } from '@parvis/contract/demo';
import { find, getResource, listChildren, listMembers, listSpaces } from '@parvis/contract/directory';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { aDirectory, type DirectoryHouse } from '../directory.kit.ts';
import { directory } from '../service.ts';

let at: DirectoryHouse;

beforeAll(async () => {
  at = await aDirectory({ DIRECTORY_SEED: 'demo' });
});
afterAll(() => at?.stop());

const visit = async (key: keyof typeof demoPeople) =>
  at.house.visitor((await findPersonBySub(at.house.db, demoPeople[key].id)) as Person);

test('the ministry’s people are those of the realm: same ids, names, addresses and languages', async () => {
  const file = new URL('../../../../infra/keycloak/parvis-demo-people.json', import.meta.url);
  const Account = z.object({
    id: z.string(),
    username: z.string(),
    firstName: z.string(),
    lastName: z.string(),
    email: z.string(),
    attributes: z.object({ locale: z.tuple([z.string()]) }),
    groups: z.array(z.string()),
  });
  const Realm = z.object({ demoPassword: z.string(), users: z.array(Account) });
  const realm = Realm.parse(JSON.parse(await readFile(file, 'utf8')));
  expect(realm.demoPassword).toBe(demoPassword);
  const ours = Object.values(demoPeople).map(({ locale, kind, administrator, organisation: _, ...one }) => ({
    ...one,
    attributes: { locale: [locale] },
    groups: [administrator ? '/administrators' : kind === 'guest' ? '/guests' : '/members'],
  }));
  expect(ours).toEqual(realm.users);
});

test('each person finds their spaces, with the ids that the other services expect', async () => {
  const clarisse = await visit('clarisse');
  const { spaces } = await clarisse.call(listSpaces, {});
  expect(spaces.map(({ id }) => id).sort()).toEqual([demoSpaces.estuary.id, demoSpaces.cabinet.id].sort());
  const { members } = await clarisse.call(listMembers, { id: demoSpaces.estuary.id });
  expect(members).toHaveLength(8);
});

test('private things are seen by those they are for; the guest sees one space and nobody else’s', async () => {
  const [adele, ines, samir, oliver] = [
    await visit('adele'),
    await visit('ines'),
    await visit('samir'),
    await visit('oliver'),
  ];
  const titles = async (who: typeof ines) =>
    (await who.call(listChildren, { id: demoSpaces.estuary.id })).resources.map(({ title }) => title);
  expect(await titles(ines)).toContain('Marchés 2027');
  expect(await titles(samir)).toEqual(['Modèles du service', 'Plan Estuaire']);
  expect((await adele.call(listSpaces, {})).spaces.map(({ id }) => id)).toEqual([demoSpaces.estuary.id]);
  const [shared] = (await oliver.call(find, { q: 'concertation' })).resources;
  expect(shared?.role).toBe('commenter');
  await expect(oliver.call(getResource, { id: demoSpaces.estuary.id })).rejects.toMatchObject({
    code: 'not-found',
  });
});

test('another start changes nothing', async () => {
  const count = async () => (await at.house.db.query('select count(*), max(id) from access.resource'))[0];
  const before = await count();
  const again = await at.house.another(directory);
  await again.close();
  expect(await count()).toEqual(before);
});
