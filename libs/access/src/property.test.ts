import { aDatabase, type TestDatabase } from '@parvis/testing/database';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { children, findByTitle, newest, sharedWithMe, trashed } from './lists.ts';
import { breadcrumbs, load, loadEach, roles, whoCanRead } from './read.ts';
import { whyCanSee } from './reasons.ts';
import { abilities, type Role, rankOf } from './roles.ts';
import { scopeOf, shown, visibleTo, visibleToPrepared } from './scope.ts';
import type { Labels, SlowModel, Someone, Thing } from './slow-model.ts';
import { actorOf, aWorld, role, take, verbs } from './slow-steps.ts';

/**
 * Random histories. A failure prints fast-check's seed and the history; with that `seed` given and `endOnFailure`
 * taken away, fast-check looks for the shortest history that fails, which takes minutes.
 */
const runs = 8;
const stepsMax = 30;

let database: TestDatabase;
beforeAll(async () => {
  database = await aDatabase();
});
afterAll(() => database.drop());

// Not biased towards small numbers: a step picks its people and things by them.
const any = fc.noBias(fc.nat(999));
const anyStep = fc.record({ verb: fc.constantFrom(...verbs), a: any, b: any, c: any });

const pairs = (rows: { uid: string; role: Role }[]) => new Map(rows.map((row) => [row.uid, row.role]));
const may = (model: SlowModel, person: Someone, from: Thing[]) =>
  new Map(
    from.flatMap((each) => {
      const rank = model.role(person, each);
      return rank ? [[each.uid, role(rank)] as const] : [];
    }),
  );
const uidsOf = (rows: { uid: string }[]) => new Set(rows.map(({ uid }) => uid));

/** The lists of one person, beside the model. */
async function compareLists(model: SlowModel, person: Someone) {
  const { db } = database;
  const actor = actorOf(person);
  const all = model.things.map(({ uid }) => uid);
  const visible = may(model, person, model.things);
  expect(await roles(db, actor, all)).toEqual(visible);
  const scope = await scopeOf(db, actor);
  for (const filter of [visibleTo(scope, 'r', 1), visibleToPrepared(scope, 'r', 1)]) {
    const sql = `select uid from access.resource r where ${filter.sql} and ${shown('r')}`;
    expect(uidsOf(await db.query<{ uid: string }>(sql, filter.params))).toEqual(new Set(visible.keys()));
  }
  expect(pairs(await newest(db, actor, { limit: 1000 }))).toEqual(visible);
  expect(pairs(await findByTitle(db, actor, { text: 'THING', limit: 1000 }))).toEqual(visible);
  for (const row of await sharedWithMe(db, actor, { limit: 1000 }))
    expect(visible.get(row.uid)).toBe(row.role);
  const bin = model.things.filter((each) => each.trashed && model.rank(person, each) >= 3);
  expect(uidsOf(await trashed(db, actor, { limit: 1000 }))).toEqual(uidsOf(bin));
}

/** One thing as one person finds it: the thing, what is in it, the way to it, and why they see it. */
async function comparePair(model: SlowModel, person: Someone, thing: Thing) {
  const { db } = database;
  const actor = actorOf(person);
  const rank = model.role(person, thing);
  const found = await load(db, actor, thing.uid);
  expect(found ? rankOf(found.role) : 0).toBe(rank);
  const allowed = {
    comment: rank >= 2,
    edit: rank >= 3,
    share: rank >= 4,
    manage: rank >= 4,
    own: rank === 5,
  };
  expect(abilities(found?.role ?? null)).toEqual(allowed);
  const within = model.things.filter(
    (each) => each.parent === thing || (!each.parent && each.shownIn === thing),
  );
  const listed = await children(db, actor, thing.uid, { limit: 1000, privateTrees: true });
  expect(pairs(listed)).toEqual(rank ? may(model, person, within) : new Map());
  const crumbs = await breadcrumbs(db, actor, thing.uid);
  const way = [...may(model, person, model.path(thing)).keys()].reverse();
  expect(crumbs.map(({ uid }) => uid)).toEqual(model.hidden(thing) ? [] : way);
  const [why] = await whyCanSee(db, person.id, thing.uid);
  expect(why ? rankOf(why.role) : 0).toBe(model.rank(person, thing));
}

/** Who reads a thing, and what each link opens to each person and to somebody not signed in. */
async function compareThing(model: SlowModel, thing: Thing) {
  const { db } = database;
  const readers = model.people.filter((person) => model.role(person, thing)).map(({ id }) => id);
  expect((await whoCanRead(db, thing.id)).sort()).toEqual(readers.sort());
  const everybody = [...model.people, null];
  for (const link of model.links) {
    const ranks = everybody.map((person) => model.role(person, thing, link));
    const asking = everybody.map((person) => ({
      actor: person && actorOf(person),
      uid: thing.uid,
      link: link.token,
    }));
    const each = await loadEach(db, asking, thing.kind);
    expect(each.map((found) => (found ? rankOf(found.role) : 0))).toEqual(ranks);
    for (const [index, person] of everybody.entries()) {
      const found = await load(db, person && actorOf(person), thing.uid, { link: link.token });
      expect(found ? rankOf(found.role) : 0).toBe(ranks[index]);
    }
  }
}

async function labelsHold(model: SlowModel) {
  const rows = await database.db.query<Labels & { id: number }>(
    `select r.id::int, top_id::int as top, access_id::int as access, space_id::int as space,
            trash_id is not null as hidden, o.id is not null as root, o.parent_id::int as above
       from access.resource r left join access.root o using (id)`,
  );
  const stored = new Map(rows.map(({ id, ...labels }) => [id, labels]));
  const isRoot = (thing: Thing) => stored.get(thing.id)?.root ?? false;
  expect(stored).toEqual(new Map(model.things.map((thing) => [thing.id, model.labels(thing, isRoot)])));
  const must = model.things.filter((each) => each.grants.size > 0 || each.kind === 'channel' || !each.parent);
  expect(must.filter((each) => !isRoot(each))).toEqual([]);
}

test('after every step of any history, each answer is that of a slow and obvious model', {
  timeout: 240_000,
}, async () => {
  const history = fc.array(anyStep, { minLength: 15, maxLength: stepsMax, size: 'max' });
  const holds = fc.asyncProperty(history, async (steps) => {
    const world = await aWorld(database.pool, database.db);
    const { model } = world;
    for (const [index, step] of steps.entries()) {
      await take(world, step);
      await labelsHold(model);
      for (const person of model.people) await compareLists(model, person);
      // Each list covers every pair; the questions asked pair by pair take turns, and all come after the last step.
      const turn = (number: number) => index === steps.length - 1 || (number + index) % 6 === 0;
      for (const [at, thing] of model.things.entries()) {
        for (const [who, person] of model.people.entries()) {
          if (turn(at + who)) await comparePair(model, person, thing);
        }
        if (turn(at)) await compareThing(model, thing);
      }
    }
  });
  await fc.assert(holds, { numRuns: runs, endOnFailure: true });
});
