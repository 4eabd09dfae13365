import { type Db, isUid, one } from './db.ts';
import { AccessError } from './errors.ts';
import { notify } from './notify.ts';
import { searchKey, likePattern } from './titles.ts';

/** Members are staff, guests are invited for a time, bots are programs that answer to a member. */
export type PersonKind = 'member' | 'guest' | 'bot';

/** Who asks: a person's subject id. Administrators run the site; it gives them no access to what people write. */
export type Actor = { id: number; kind: PersonKind; administrator: boolean };

/** A person as stored. `id` is the subject id and stays inside; `uid` is what the outside sees. */
export type Person = {
  id: number;
  uid: string;
  oidcSub: string | null;
  email: string;
  name: string;
  locale: string;
  kind: PersonKind;
  organisation: string | null;
  sponsorId: number | null;
  endsAt: Date | null;
  disabledAt: Date | null;
  administrator: boolean;
  createdAt: Date;
};

/** The columns of access.person as Person, for a query in which the table is called `alias`. */
export function personColumns(alias: string): string {
  const p = alias;
  return `${p}.subject_id as id, ${p}.uid, ${p}.oidc_sub as "oidcSub", ${p}.email, ${p}.name, ${p}.locale, ${p}.kind,
    ${p}.organisation, ${p}.sponsor_id as "sponsorId", ${p}.ends_at as "endsAt", ${p}.disabled_at as "disabledAt",
    ${p}.administrator, ${p}.created_at as "createdAt"`;
}

/** SQL that is true when the person may still come in: not disabled, not past their end. */
export function isActive(alias: string): string {
  return `(${alias}.disabled_at is null and (${alias}.ends_at is null or ${alias}.ends_at > now()))`;
}

export function actorOf(person: Person): Actor {
  return { id: person.id, kind: person.kind, administrator: person.administrator };
}

export type NewPerson = {
  email: string;
  name: string;
  kind: PersonKind;
  locale?: string;
  oidcSub?: string | null;
  organisation?: string | null;
  sponsorId?: number | null;
  endsAt?: Date | null;
  administrator?: boolean;
};

/**
 * Adds a person. A guest needs a sponsor, who is a member, and an end date in the future.
 * @throws AccessError 'email-taken', 'guest-needs-sponsor', 'guest-needs-end', 'ends-in-past'
 */
export async function createPerson(db: Db, person: NewPerson): Promise<Person> {
  await checkGuest(db, person.kind, person.sponsorId ?? null, person.endsAt ?? null);
  const [made] = await db.query<Person>(
    `with free as (select where not exists (select from access.person where lower(email) = lower($1))),
      s as (insert into access.subject (kind) select 'person' from free returning id),
      p as (insert into access.person (subject_id, email, name, name_key, locale, kind, oidc_sub, organisation,
              sponsor_id, ends_at, administrator)
            select s.id, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10 from s returning *)
     select ${personColumns('p')} from p`,
    [
      person.email,
      person.name,
      searchKey(person.name),
      person.locale ?? 'fr',
      person.kind,
      person.oidcSub ?? null,
      person.organisation ?? null,
      person.sponsorId ?? null,
      person.endsAt ?? null,
      person.administrator ?? false,
    ],
  );
  if (!made) throw new AccessError('email-taken');
  return made;
}

async function checkGuest(db: Db, kind: PersonKind, sponsorId: number | null, endsAt: Date | null) {
  if (endsAt && endsAt.getTime() <= Date.now()) throw new AccessError('ends-in-past');
  if (kind !== 'guest') return;
  if (!endsAt) throw new AccessError('guest-needs-end');
  const sponsor = sponsorId === null ? null : await findPersonById(db, sponsorId);
  if (sponsor?.kind !== 'member' || sponsor.disabledAt) throw new AccessError('guest-needs-sponsor');
}

async function findBy(db: Db, condition: string, value: unknown): Promise<Person | null> {
  const rows = await db.query<Person>(
    `select ${personColumns('p')} from access.person p where ${condition}`,
    [value],
  );
  return rows[0] ?? null;
}

export async function findPersonById(db: Db, id: number): Promise<Person | null> {
  return findBy(db, 'p.subject_id = $1', id);
}

export async function findPersonByUid(db: Db, uid: string): Promise<Person | null> {
  return isUid(uid) ? findBy(db, 'p.uid = $1', uid) : null;
}

export async function findPersonByEmail(db: Db, email: string): Promise<Person | null> {
  return findBy(db, 'lower(p.email) = lower($1)', email);
}

export async function findPersonBySub(db: Db, oidcSub: string): Promise<Person | null> {
  return findBy(db, 'p.oidc_sub = $1', oidcSub);
}

/** People by subject id, in no order; unknown ids are left out. For the names beside a page of things. */
export async function peopleByIds(db: Db, ids: number[]): Promise<Person[]> {
  return db.query(`select ${personColumns('p')} from access.person p where p.subject_id = any($1::int[])`, [
    ids,
  ]);
}

export type PersonChange = Partial<
  Pick<Person, 'oidcSub' | 'email' | 'name' | 'locale' | 'organisation' | 'administrator'>
>;

/** Changes what is given and leaves the rest. @throws AccessError 'not-found', 'email-taken' */
export async function updatePerson(db: Db, id: number, change: PersonChange): Promise<Person> {
  const old = await findPersonById(db, id);
  if (!old) throw new AccessError('not-found');
  if (change.email !== undefined) {
    const holder = await findPersonByEmail(db, change.email);
    if (holder && holder.id !== id) throw new AccessError('email-taken');
  }
  const next = { ...old, ...change };
  const rows = await db.query<Person>(
    `with p as (update access.person set oidc_sub = $2, email = $3, name = $4, name_key = $5, locale = $6,
        organisation = $7, administrator = $8 where subject_id = $1 returning *)
     select ${personColumns('p')} from p`,
    [
      id,
      next.oidcSub,
      next.email,
      next.name,
      searchKey(next.name),
      next.locale,
      next.organisation,
      next.administrator,
    ],
  );
  await notify(db, { subjects: [id] });
  return one(rows);
}

/** Shuts a person out at once, everywhere, or (null) lets them in again. Their sessions are ended by the caller. */
export async function setDisabled(db: Db, id: number, disabledAt: Date | null): Promise<void> {
  await db.query('update access.person set disabled_at = $2 where subject_id = $1', [id, disabledAt]);
  await notify(db, { subjects: [id] });
}

/** Sets when a person's time here ends. @throws AccessError 'not-found', 'guest-needs-end', 'ends-in-past' */
export async function setEnd(db: Db, id: number, endsAt: Date | null): Promise<void> {
  const person = await findPersonById(db, id);
  if (!person) throw new AccessError('not-found');
  await checkGuest(db, person.kind, person.sponsorId, endsAt);
  await db.query('update access.person set ends_at = $2 where subject_id = $1', [id, endsAt]);
  await notify(db, { subjects: [id] });
}

/**
 * Active people by a part of their name or e-mail, names that start with it first. A guest finds nobody: guests do
 * not browse the directory.
 */
export async function findPeople(
  db: Db,
  actor: Actor,
  { text, limit }: { text: string; limit: number },
): Promise<Person[]> {
  return db.query(
    `select ${personColumns('p')} from access.person p
      where ${isActive('p')} and (p.name_key like $2 or lower(p.email) like $2)
        and exists (select from access.person a where a.subject_id = $1 and a.kind = 'member' and ${isActive('a')})
      order by p.name_key not like $3, p.name_key, p.subject_id limit $4`,
    [actor.id, `%${likePattern(searchKey(text))}%`, `${likePattern(searchKey(text))}%`, limit],
  );
}
