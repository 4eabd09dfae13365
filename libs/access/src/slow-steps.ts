import { type Db, transaction } from './db.ts';
import { AccessError } from './errors.ts';
import { everyoneId, grant, revoke } from './grants.ts';
import { createLink, revokeLink } from './links.ts';
import { addMember, createGroup, removeMember } from './groups.ts';
import { move, remove, restore, trash } from './moving.ts';
import { type Actor, createPerson, setDisabled } from './people.ts';
import { type Role, roleNames } from './roles.ts';
import { SlowModel, type Someone, type Thing } from './slow-model.ts';
import { createResource, type ResourceKind } from './tree.ts';

/** One step of a random history, done to the database and to the model; a refusal must be the one the model expects. */
export const verbs = [
  ...(['create', 'create', 'create', 'grant', 'grant', 'grant', 'revoke', 'expire', 'move', 'move'] as const),
  ...([
    'trash',
    'restore',
    'join',
    'join',
    'leave',
    'link',
    'end-link',
    'disable',
    'end-person',
    'remove',
  ] as const),
];
export type Step = { verb: (typeof verbs)[number]; a: number; b: number; c: number };

const pick = <T>(from: T[], by: number) => from[by % from.length] as T;
export const role = (rank: number) => roleNames[rank - 1] as Role;
export const actorOf = (person: Someone): Actor => ({
  id: person.id,
  kind: person.guest ? 'guest' : 'member',
  administrator: false,
});

/** Where histories happen: `pool` for transactions, `db` for single statements. */
export type World = { pool: Parameters<typeof transaction>[0]; db: Db; model: SlowModel };

const past = "now() - interval '1 second'";

/** An emptied database with four people and three groups. */
export async function aWorld(pool: World['pool'], db: Db): Promise<World> {
  await db.query('truncate access.subject, access.resource restart identity cascade');
  await db.query("insert into access.subject (id, kind) values (1, 'everyone')");
  const model = new SlowModel();
  for (const name of ['ana', 'ben', 'chen', 'guest']) {
    const guest = name === 'guest';
    const { id } = await createPerson(db, {
      email: `${name}@example.org`,
      name,
      kind: guest ? 'guest' : 'member',
      sponsorId: guest ? (model.people[0] as Someone).id : null,
      endsAt: guest ? new Date(Date.now() + 86_400_000) : null,
    });
    model.people.push({ id, guest, disabled: false, over: false });
  }
  for (const name of ['g1', 'g2', 'g3']) model.groups.set((await createGroup(db, name)).id, new Set());
  const world = { pool, db, model };
  await plant(world);
  return world;
}

/** A small ministry to begin with, so that even a short history meets nesting, trash below trash and links. */
async function plant(world: World): Promise<void> {
  const [ana, ben, , guest] = world.model.people as [Someone, Someone, Someone, Someone];
  const [group] = [...world.model.groups.keys()] as [number];
  const one = await add(world, 'space', ana, null);
  const two = await add(world, 'space', ben, null);
  const outer = await add(world, 'folder', ana, one);
  const inner = await add(world, 'folder', ana, outer);
  const leaf = await add(world, 'document', ana, inner);
  await add(world, 'channel', ana, one);
  await add(world, 'file', ben, two);
  await add(world, 'channel', ben, null, two);
  for (const [thing, subjectId, rank] of [
    [outer, group, 2],
    [leaf, guest.id, 3],
    [inner, ben.id, 4],
  ] as const) {
    await grant(world.db, { resourceUid: thing.uid, subjectId, role: role(rank) }, ana.id);
    thing.grants.set(subjectId, { rank, ends: false, over: false });
  }
  await link(world, outer, 1, true);
  await link(world, inner, 2, false);
}

async function add(world: World, kind: ResourceKind, maker: Someone, parent: Thing | null, shownIn?: Thing) {
  const place = shownIn ? { spaceUid: shownIn.uid, private: true } : parent ? { parentUid: parent.uid } : {};
  const title = `Thing ${world.model.things.length}`;
  const { uid, id } = await transaction(world.pool, (db) =>
    createResource(db, { kind, title, ownerId: maker.id, ...place }),
  );
  const grants = new Map(parent ? [] : [[maker.id, { rank: 5, ends: false, over: false }]]);
  const thing = { uid, id, kind, parent, shownIn: shownIn ?? null, trashed: false, grants };
  world.model.things.push(thing);
  return thing;
}

async function link({ pool, model }: World, thing: Thing, rank: number, open: boolean): Promise<void> {
  const wanted = { resourceUid: thing.uid, reach: open ? 'public' : 'members', role: role(rank) } as const;
  const made = await transaction(pool, (db) => createLink(db, wanted, (model.people[0] as Someone).id));
  model.links.push({ uid: made.link.uid, token: made.token, thing, rank, open, over: false, gone: false });
}

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof AccessError ? error.code : Promise.reject(error)),
  );

function same(expected: string | null, code: string | null): boolean {
  if (code !== expected) throw new Error(`expected ${expected ?? 'no refusal'}, got ${code ?? 'none'}`);
  return code === null;
}

/** Does the work in a transaction and checks that it is refused with exactly the code that the model expects. */
async function attempt(
  { pool }: World,
  expected: string | null,
  work: Parameters<typeof transaction<unknown>>[1],
): Promise<boolean> {
  return same(expected, await refusal(transaction(pool, work)));
}

async function create(world: World, { a, b, c }: Step) {
  const { model } = world;
  const maker = pick(model.people, a);
  const parent = b % 4 === 0 ? null : (pick(model.things, b) ?? null);
  const space = parent && model.things.filter(({ kind }) => kind === 'space').at(c % 3);
  const alone = b % 5 === 0 && space ? space : null;
  const kind = parent ? pick<ResourceKind>(['folder', 'folder', 'document', 'channel', 'file'], c) : 'space';
  const hangsOn = alone ? null : parent;
  const refused = (hangsOn ?? alone) && model.hidden((hangsOn ?? alone) as Thing);
  const expected = refused ? 'parent-missing' : !hangsOn && maker.guest ? 'role-too-high' : null;
  same(expected, await refusal(add(world, kind, maker, hangsOn, alone ?? undefined)));
}

async function share(world: World, { verb, a, b, c }: Step) {
  const { model, db } = world;
  const thing = pick(model.things, a);
  const subjectId = pick([...model.people.map(({ id }) => id), ...model.groups.keys(), everyoneId], b);
  const by = (model.people[0] as Someone).id;
  if (verb === 'grant') {
    const [rank, ends] = [1 + (c % 5), c % 3 === 0];
    const expiresAt = ends ? new Date(Date.now() + 3_600_000) : null;
    const wanted = { resourceUid: thing.uid, subjectId, role: role(rank), expiresAt };
    if (await attempt(world, model.refusesGrant(thing, subjectId, rank, ends), (db) => grant(db, wanted, by)))
      thing.grants.set(subjectId, { rank, ends, over: false });
  } else if (verb === 'revoke') {
    const done = await attempt(world, model.refusesLoss(thing, subjectId), (db) =>
      revoke(db, thing.uid, subjectId),
    );
    if (done) thing.grants.delete(subjectId);
  } else {
    // The clock's tick: what was granted until then is over.
    const held = [...thing.grants].find(([, each]) => each.ends);
    if (!held) return;
    held[1].over = true;
    await db.query(
      `update access.grant_ set expires_at = ${past} where resource_id = $1 and subject_id = $2`,
      [thing.id, held[0]],
    );
  }
}

async function reshape(world: World, { verb, a, b }: Step) {
  const { model } = world;
  const thing = pick(model.things, a);
  if (verb === 'move') {
    const target = pick(model.things, b);
    if (await attempt(world, model.refusesMove(thing, target), (db) => move(db, thing.uid, target.uid))) {
      thing.parent = target;
      thing.shownIn = null;
    }
  } else if (verb === 'trash') {
    const already = model.hidden(thing);
    await attempt(world, null, (db) => trash(db, thing.uid, (model.people[0] as Someone).id));
    if (!already) thing.trashed = true;
  } else if (verb === 'restore') {
    if (await attempt(world, model.refusesRestore(thing), (db) => restore(db, thing.uid)))
      thing.trashed = false;
  } else if (b % 4 === 0) {
    const gone = model.below(thing);
    await attempt(world, null, async (db) => {
      const removed = await remove(db, thing.uid);
      if (removed.length !== gone.length || removed.some(({ uid }) => !gone.some((each) => each.uid === uid)))
        throw new Error('removed other things than what was below');
    });
    model.things = model.things.filter((each) => !gone.includes(each));
    model.links = model.links.filter((link) => !gone.includes(link.thing));
  }
}

async function people(world: World, { verb, a, b, c }: Step) {
  const { model, db } = world;
  const group = pick([...model.groups.keys()], a);
  const subject = pick([...model.people.map(({ id }) => id), ...model.groups.keys()], b);
  const members = model.groups.get(group) as Set<number>;
  const person = pick(model.people, a);
  if (verb === 'join') {
    if (await attempt(world, model.refusesMember(group, subject), (tx) => addMember(tx, group, subject)))
      members.add(subject);
  } else if (verb === 'leave') {
    await removeMember(db, group, subject);
    members.delete(subject);
  } else if (verb === 'disable') {
    person.disabled = c % 2 === 0;
    await setDisabled(db, person.id, person.disabled ? new Date() : null);
  } else if (c % 4 === 0) {
    person.over = true;
    await db.query(`update access.person set ends_at = ${past} where subject_id = $1`, [person.id]);
  }
}

async function links(world: World, { verb, a, c }: Step) {
  const { model, db } = world;
  const made = pick(model.links, a);
  if (verb === 'link' && model.links.length < 4) {
    const [thing, rank] = [pick(model.things, a), 1 + (c % 4)];
    same(rank > 3 ? 'role-too-high' : null, await refusal(link(world, thing, rank, c % 3 === 0)));
  } else if (verb === 'end-link' && made && c % 2) {
    same(made.gone ? 'not-found' : null, await refusal(revokeLink(db, made.uid)));
    made.gone = true;
    made.over = true;
  } else if (verb === 'end-link' && made) {
    made.over = true;
    await db.query(
      `update access.grant_ g set expires_at = ${past} from access.link l
        where l.uid = $1 and g.subject_id = l.subject_id`,
      [made.uid],
    );
  }
}

export async function take(world: World, step: Step): Promise<void> {
  if (step.verb === 'create' || world.model.things.length === 0)
    return create(world, { ...step, verb: 'create' });
  if (['grant', 'revoke', 'expire'].includes(step.verb)) return share(world, step);
  if (['link', 'end-link'].includes(step.verb)) return links(world, step);
  if (['move', 'trash', 'restore', 'remove'].includes(step.verb)) return reshape(world, step);
  return people(world, step);
}
