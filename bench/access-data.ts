import type { Db } from '@parvis/access/db';
import { accessMigrations } from '@parvis/access/migrations';

/** What is generated, in rows; the shape of a ministry with 20,000 people. `scale` 0.1 makes a tenth of it. */
export type Sizes = {
  people: number;
  groups: number;
  spaces: number;
  channels: number;
  levels: number[];
  inner: number;
};

export function sizesOf(scale: number): Sizes {
  const scaled = (count: number) => Math.round(count * scale);
  return {
    people: scaled(20_000),
    groups: scaled(3_000),
    spaces: scaled(5_000),
    channels: scaled(20_000),
    levels: [40_000, 40_000, 25_000, 15_000, 7_000, 3_000, 1_260].map(scaled),
    inner: scaled(40_000),
  };
}

const allStaffSpaces = 15;
const heavySpaces = 500;
export const guests = 100;
export const heavyPeople = 5;
const movedFolders = 100;

/** The folder of 10,000 nodes that the bench moves, and the two spaces between which it goes. */
export type Data = { movedUid: string; movedNodes: number; spaceUids: [string, string] };

const title = "'Dossier ' || n || (array[' budget', ' réunion', ' étude', ' circulaire'])[1 + n % 4]";
const when = "now() - random() * interval '1000 days'";

/** Fills an empty database. Random, but the same each time. */
export async function generate(db: Db, sizes: Sizes): Promise<Data> {
  await db.query('drop schema if exists access cascade');
  for (const { sql } of accessMigrations) await db.query(sql);
  await db.query('select setseed(0.42)');
  await people(db, sizes);
  await resources(db, sizes);
  await grants(db, sizes);
  const data = await aFolderToMove(db);
  await label(db);
  for (const table of ['subject', 'person', 'member', 'resource', 'root', 'grant_']) {
    await db.query(`vacuum full access.${table}`);
    // A full vacuum leaves no visibility map; the ordinary one, which a server runs by itself, makes it.
    await db.query(`vacuum (analyze) access.${table}`);
  }
  return data;
}

/** People have the ids 1001 and up, groups those after them. The first are the heavy ones, the last the guests. */
async function people(db: Db, { people, groups }: Sizes): Promise<void> {
  await db.query(
    `insert into access.subject (id, kind)
     select 1000 + n, case when n <= ${people} then 'person' else 'group' end
       from generate_series(1, ${people + groups}) n`,
  );
  await db.query(
    `insert into access.person (subject_id, email, name, name_key, kind, sponsor_id, ends_at)
     select 1000 + n, 'p' || n || '@example.org', 'Person ' || n, 'person ' || n,
            case when n > ${people - guests} then 'guest' else 'member' end,
            case when n > ${people - guests} then 1001 end, now() + interval '90 days'
       from generate_series(1, ${people}) n`,
  );
  await db.query(
    `insert into access.people_group (subject_id, name) select 1000 + ${people} + n, 'Group ' || n
       from generate_series(1, ${groups}) n`,
  );
  // Fifteen people in each group; every sixth group is inside another one.
  await db.query(
    `insert into access.member (group_id, subject_id)
     select 1000 + ${people} + 1 + i % ${groups}, 1001 + (random() * ${people - guests - 1})::int
       from generate_series(1, ${groups * 15}) i on conflict do nothing`,
  );
  await db.query(
    `insert into access.member (group_id, subject_id) select 1000 + ${people} + n, 1000 + ${people} + n + 1
       from generate_series(1, ${groups - 1}, 6) n`,
  );
}

async function resources(db: Db, { people, spaces, channels, levels }: Sizes): Promise<void> {
  const columns = 'id, kind, space_id, parent_id, top_id, access_id, owner_id, title, title_key, updated_at';
  const owner = `1001 + (random() * ${people - guests - 1})::int`;
  await db.query(
    `insert into access.resource (${columns})
     select n, 'space', n, null, n, n, ${owner}, ${title}, lower(${title}), ${when} from generate_series(1, ${spaces}) n`,
  );
  // Every tenth channel is private: a tree of its own.
  await db.query(
    `insert into access.resource (${columns})
     select ${spaces} + n, 'channel', 1 + n % ${spaces}, case when n % 10 > 0 then 1 + n % ${spaces} end,
            case when n % 10 > 0 then 1 + n % ${spaces} else ${spaces} + n end, ${spaces} + n,
            ${owner}, ${title}, lower(${title}), ${when} from generate_series(1, ${channels}) n`,
  );
  let first = spaces + channels;
  let above = { from: 0, count: spaces, step: 1 };
  for (const count of levels) {
    // Three of ten are folders, so that a folder has about as many children as a space has.
    await db.query(
      `insert into access.resource (${columns})
       select ${first} + n, (array['folder', 'folder', 'folder', 'file', 'file', 'document', 'document', 'document',
                'meeting', 'file'])[1 + n % 10],
              p.space_id, p.id, p.top_id, p.top_id, ${owner}, ${title}, lower(${title}), ${when}
         from (select n, ${above.from} + ${above.step} * (1 + floor(random() * ${Math.floor(above.count / above.step)}))::bigint as parent
                 from generate_series(1, ${count}) n) n join access.resource p on p.id = n.parent`,
    );
    above = { from: first, count, step: 10 };
    first += count;
  }
  await db.query("select setval(pg_get_serial_sequence('access.resource', 'id'), 10000000)");
}

async function grants(db: Db, { people, groups, spaces, inner }: Sizes): Promise<void> {
  const give = (select: string) =>
    db.query(
      `insert into access.grant_ (resource_id, subject_id, role, expires_at) ${select} on conflict do nothing`,
    );
  const person = `1001 + ${heavyPeople} + (random() * ${people - guests - heavyPeople - 1})::int`;
  await give(`select id, owner_id, 5, null from access.resource where parent_id is null`);
  // From 2 to 300 people in a space, most of them small.
  await give(
    `select s, ${person}, 1 + (random() * 3)::int, null
       from generate_series(1, ${spaces}) s, generate_series(1, (2 + 298 * power((s * 7919 % 1000) / 1000.0, 4))::int)`,
  );
  await give(
    `select 1 + i % ${spaces}, 1001 + ${people} + (random() * ${groups - 1})::int, 1 + i % 3, null
       from generate_series(1, ${spaces * 4}) i`,
  );
  await give(`select s, 1, 1, null from generate_series(1, ${allStaffSpaces}) s`);
  await give(
    `select 1 + (random() * ${spaces - 1})::int, 1000 + n, 3, null
       from generate_series(1, ${heavyPeople}) n, generate_series(1, ${Math.min(heavySpaces, spaces / 2)})`,
  );
  await give(
    `select id, ${person}, 1 + (random() * 2)::int, case when random() < 0.05 then now() + interval '30 days' end
       from (select id from access.resource where parent_id is not null order by random() limit ${inner}) r`,
  );
  // A guest has one thing.
  await give(
    `select r.id, 1000 + ${people} - n, 2, null from generate_series(0, ${guests - 1}) n
       join lateral (select id from access.resource where kind = 'folder' and n = n order by id offset n limit 1) r on true`,
  );
}

async function aFolderToMove(db: Db): Promise<Data> {
  const insert = `insert into access.resource
    (kind, space_id, parent_id, top_id, access_id, owner_id, title, title_key, updated_at)`;
  const [moved] = await db.query<{ id: number; uid: string }>(
    `${insert} values ('folder', 400, 400, 400, 400, 1001, 'Moved', 'moved', ${when}) returning id::float8 as id, uid`,
  );
  if (!moved) throw new Error('the folder to move was not made');
  await db.query(
    `${insert} select 'folder', 400, ${moved.id}, 400, 400, 1001, 'Part ' || n, 'part ' || n, ${when}
       from generate_series(1, ${movedFolders}) n`,
  );
  await db.query(
    `${insert} select 'file', 400, f.id, 400, 400, 1001, 'File ' || n, 'file ' || n, ${when}
       from access.resource f, generate_series(1, 99) n where f.parent_id = ${moved.id}`,
  );
  const targets = await db.query<{ uid: string }>(
    'select uid from access.resource where id in (400, 401) order by id',
  );
  const [one, two] = targets.map(({ uid }) => uid);
  return { movedUid: moved.uid, movedNodes: movedFolders * 100 + 1, spaceUids: [one ?? '', two ?? ''] };
}

/** Access roots and labels from the grants, all at once. */
async function label(db: Db): Promise<void> {
  const isRoot = `(r.parent_id is null or r.kind = 'channel'
    or exists (select from access.grant_ g where g.resource_id = r.id))`;
  await db.query(`create temporary table labelled as
    with recursive sub(id, acc, above) as (
      select id, id, null::bigint from access.resource where parent_id is null
      union all
      select r.id, case when ${isRoot} then r.id else sub.acc end, sub.acc
        from sub join access.resource r on r.parent_id = sub.id)
    select * from sub`);
  await db.query(
    `insert into access.root (id, parent_id) select id, above from labelled where id = acc order by id`,
  );
  await db.query(`update access.resource r set access_id = l.acc from labelled l
    where l.id = r.id and r.access_id <> l.acc`);
}
