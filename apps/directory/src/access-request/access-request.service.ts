import { Injectable, type OnModuleInit } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import { checkMayGrant, grant } from '@parvis/access/grants';
import { happen } from '@parvis/access/happenings';
import { findPersonById, peopleByIds } from '@parvis/access/people';
import { load } from '@parvis/access/read';
import { abilities, atLeast, rankOf } from '@parvis/access/roles';
import { scopeOf, shown, visibleTo } from '@parvis/access/scope';
import { findResource } from '@parvis/access/tree';
import type { AccessRequest, answerAccessRequest, askForAccess } from '@parvis/contract/access-request';
import { accessRequestDays, accessRequestsPageMax } from '@parvis/contract/limits';
import type { InputOf } from '@parvis/contract/operation';
import { done, type Resource } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Jobs } from '@parvis/server/jobs';
import { Outbox } from '@parvis/server/outbox';
import { presentPerson } from '@parvis/server/present';
import { Refused } from '@parvis/server/refused';
import { z } from 'zod';

/** What people may ask for: things that live alone. Nobody asks their way into a space. */
const askable = ['document', 'folder', 'file', 'meeting'];
/** The least role that answers requests: whoever may share. */
const answering = rankOf('manager');
const cron = '41 2 * * *';

interface Row {
  uid: string;
  resourceUid: string;
  kind: Resource['kind'];
  title: string;
  personId: number;
  note: string;
  at: Date;
}

/** People who are outside ask; whoever may share the thing lets them in, or not. */
@Injectable()
export class AccessRequests implements OnModuleInit {
  readonly #database: Database;
  readonly #outbox: Outbox;
  readonly #jobs: Jobs;

  constructor(database: Database, outbox: Outbox, jobs: Jobs) {
    this.#database = database;
    this.#outbox = outbox;
    this.#jobs = jobs;
  }

  onModuleInit(): void {
    const options = { retryLimit: 3, expireSeconds: 300, cron };
    this.#jobs.define('drop-access-requests', z.object({}), () => this.dropOld(), options);
  }

  /**
   * Takes down the wish, once per person and thing. Whether there is such a thing, and whether the person is in
   * already, the answer does not tell.
   */
  async ask(caller: Caller, { resourceId, note }: InputOf<typeof askForAccess>) {
    await this.#database.transaction(async (db) => {
      const row = await findResource(db, resourceId);
      if (row === null || row.trashedAt !== null || !askable.includes(row.kind)) return;
      if ((await load(db, caller, resourceId)) !== null) return;
      const made = await db.query<{ uid: string }>(
        `insert into directory.access_request (resource_id, person_id, note)
         select $1, $2, $3
          where (select count(*) from directory.access_request where person_id = $2) < $4
         on conflict (resource_id, person_id) do update set note = excluded.note, at = now()
         returning uid`,
        [row.id, caller.id, note, accessRequestsPageMax],
      );
      const [one] = made;
      if (!one) return;
      await this.#outbox.add(db, 'access-asked', { id: one.uid, resourceId, byId: caller.uid });
      await happen(db, { what: 'access-asked', actorId: caller.id, resourceId: row.id, detail: {} });
      await audit(db, { actorId: caller.id, action: 'access.asked', resourceId: row.id, detail: { note } });
    });
    return done;
  }

  /** Open requests on everything that the caller may share. */
  async list(caller: Caller): Promise<{ requests: AccessRequest[] }> {
    const { db } = this.#database;
    const visible = visibleTo(await scopeOf(db, caller), 'r', 1);
    const rows = await db.query<Row>(
      `select q.uid, r.uid as "resourceUid", r.kind, r.title, q.person_id as "personId", q.note, q.at
         from directory.access_request q join access.resource r on r.id = q.resource_id
        where ${visible.sql} and ${shown('r')}
          and access.role_at(r.access_id, access.subjects_of($3)) >= $4
        order by q.at desc limit $5`,
      [...visible.params, caller.id, answering, accessRequestsPageMax],
    );
    const people = new Map(
      (await peopleByIds(db, [...new Set(rows.map((row) => row.personId))])).map((one) => [one.id, one]),
    );
    return {
      requests: rows.flatMap(({ uid, resourceUid, kind, title, personId, note, at }) => {
        const person = people.get(personId);
        if (person === undefined) return [];
        const resource = { id: resourceUid, kind, title };
        return [{ id: uid, resource, person: presentPerson(person), note, at: at.toISOString() }];
      }),
    };
  }

  /** @throws Refused `not-found` where there is none for this caller, or a colleague was faster */
  async answer(caller: Caller, { requestId, role }: InputOf<typeof answerAccessRequest>) {
    await this.#database.transaction(async (db) => {
      const [asked] = await db.query<{ resourceId: number; resourceUid: string; personId: number }>(
        `select r.id::float8 as "resourceId", r.uid as "resourceUid", q.person_id as "personId"
           from directory.access_request q join access.resource r on r.id = q.resource_id
          where q.uid = $1 for update of q`,
        [requestId],
      );
      const seen = asked ? await load(db, caller, asked.resourceUid) : null;
      if (!asked || seen === null) throw Refused.notFound();
      if (!abilities(seen.role).share) throw Refused.notFound();
      const { personId, resourceId, resourceUid } = asked;
      await db.query('delete from directory.access_request where uid = $1', [requestId]);
      const person = await findPersonById(db, personId);
      const held = person === null ? null : await load(db, person, resourceUid);
      // Who was let in with more meanwhile keeps it.
      if (role !== null && !(held !== null && atLeast(held.role, role))) {
        await checkMayGrant(db, caller, resourceUid, role);
        await grant(db, { resourceUid, subjectId: personId, role }, caller.id);
      }
      const action = role === null ? 'access.refused' : 'access.given';
      const detail = { subjectKind: 'person', subject: person?.uid ?? null, role, asked: true };
      await this.#outbox.add(db, 'access-answered', { resourceId: resourceUid, role, personId: person?.uid });
      const told = { personId, given: role !== null };
      await happen(db, { what: 'access-answered', actorId: caller.id, resourceId, detail: told });
      await audit(db, { actorId: caller.id, action, resourceId, detail });
    });
    return done;
  }

  /** Forgets requests that nobody answered for {@link accessRequestDays} days. */
  async dropOld(): Promise<void> {
    await this.#database.db.query(
      'delete from directory.access_request where at < now() - make_interval(days => $1)',
      [accessRequestDays],
    );
  }
}
