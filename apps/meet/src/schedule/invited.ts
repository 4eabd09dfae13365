import type { Db } from '@parvis/access/db';
import { grant, revoke } from '@parvis/access/grants';
import { findGroup } from '@parvis/access/groups';
import { findPersonByEmail, findPersonByUid } from '@parvis/access/people';
import type { scheduleMeeting } from '@parvis/contract/meet-schedule';
import type { InputOf } from '@parvis/contract/operation';
import { Refused } from '@parvis/server/refused';
import { type InvitedRow, invitedTo } from './rows.ts';

type Asked = Pick<InputOf<typeof scheduleMeeting>, 'people' | 'groups' | 'outsiders'>;
type Wanted =
  | { subjectId: number; address: null; name: '' }
  | { subjectId: null; address: string; name: string };

const keyOf = ({ subjectId, address }: Pick<InvitedRow, 'subjectId' | 'address'>): string =>
  subjectId === null ? `@${address?.toLowerCase()}` : String(subjectId);

/** @throws Refused `not-found` for a person or a group that is not there */
async function wantedOf(db: Db, { people, groups, outsiders }: Asked): Promise<Map<string, Wanted>> {
  const found: Wanted[] = [];
  for (const uid of people) {
    const person = await findPersonByUid(db, uid);
    if (person === null || person.disabledAt !== null || person.kind === 'bot') throw Refused.notFound();
    found.push({ subjectId: person.id, address: null, name: '' });
  }
  for (const uid of groups) {
    const group = await findGroup(db, uid);
    if (group === null) throw Refused.notFound();
    found.push({ subjectId: group.id, address: null, name: '' });
  }
  for (const { address, name } of outsiders) {
    // Somebody of the house is invited as the person that they are, however their address was typed.
    const person = await findPersonByEmail(db, address);
    const known = person !== null && person.disabledAt === null;
    found.push(
      known ? { subjectId: person.id, address: null, name: '' } : { subjectId: null, address, name },
    );
  }
  return new Map(found.map((one) => [keyOf(one), one]));
}

/** What changed among those invited. */
export interface InvitedChange {
  readonly added: readonly Pick<InvitedRow, 'subjectId' | 'address' | 'name'>[];
  readonly removed: readonly InvitedRow[];
}

/**
 * Makes these, and only these, the invited. Whoever may not see the meeting is given the right to take part, which goes
 * with the invitation. The organiser is not invited by themselves.
 * @throws Refused `not-found`
 */
export async function invite(
  db: Db,
  meeting: { id: number; uid: string },
  asked: Asked,
  by: number,
): Promise<InvitedChange> {
  const wanted = await wantedOf(db, asked);
  wanted.delete(String(by));
  const before = await invitedTo(db, meeting.id);
  const known = new Set(before.map(keyOf));
  const removed = before.filter((one) => !wanted.has(keyOf(one)));
  const added = [...wanted.values()].filter((one) => !known.has(keyOf(one)));
  for (const { subjectId, address, granted } of removed) {
    await db.query(
      `delete from meet.invited where meeting_id = $1 and (subject_id = $2 or lower(address) = lower($3))`,
      [meeting.id, subjectId, address],
    );
    if (subjectId === null) continue;
    await db.query('delete from meet.answer where meeting_id = $1 and person_id = $2', [
      meeting.id,
      subjectId,
    ]);
    if (granted) await revoke(db, meeting.uid, subjectId);
  }
  for (const { subjectId, address, name } of added) {
    const granted = subjectId !== null && (await givenRight(db, meeting, subjectId, by));
    await db.query(
      'insert into meet.invited (meeting_id, subject_id, address, name, granted) values ($1, $2, $3, $4, $5)',
      [meeting.id, subjectId, address, name, granted],
    );
  }
  return { added, removed };
}

/** The right to take part, unless the subject has it or a higher one already. @returns whether it was given */
async function givenRight(
  db: Db,
  meeting: { id: number; uid: string },
  subjectId: number,
  by: number,
): Promise<boolean> {
  const [row] = await db.query<{ has: boolean }>(
    `select coalesce(access.role_at(r.access_id, access.subjects_of($2)) >= 2, false) or exists (
         select from access.grant_ g where g.resource_id = r.id and g.subject_id = $2) as has
       from access.resource r where r.id = $1`,
    [meeting.id, subjectId],
  );
  if (row?.has) return false;
  await grant(db, { resourceUid: meeting.uid, subjectId, role: 'commenter' }, by);
  return true;
}
