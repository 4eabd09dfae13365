import { Injectable } from '@nestjs/common';
import type { Db } from '@parvis/access/db';
import { findPersonById } from '@parvis/access/people';
import { checkAbility, load } from '@parvis/access/read';
import { createResource, type ResourceRow } from '@parvis/access/tree';
import type { createDocument, Document, DocumentForm, getDocument } from '@parvis/contract/docs';
import type { InputOf } from '@parvis/contract/operation';
import { blankUpdate } from '@parvis/document/blank';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { presentResource } from '@parvis/server/present';
import { Refused } from '@parvis/server/refused';
import { v7 as uuidv7 } from '@parvis/server/uuid';
import { encodeEntry } from '../log/entry.ts';
import { UpdateLog } from '../log/log.ts';
import { Templates } from '../template/templates.service.ts';

/** What a document may lie in. */
export const holdersOfDocuments: readonly string[] = ['space', 'folder', 'document'];

export interface NewDocument {
  readonly parentUid: string;
  readonly title: string;
  readonly ownerId: number;
  /** First content as a Yjs update (v1). */
  readonly content: Uint8Array;
  /** A text where nothing is said. */
  readonly form?: DocumentForm;
}

@Injectable()
export class Documents {
  readonly #database: Database;
  readonly #log: UpdateLog;
  readonly #templates: Templates;

  constructor(database: Database, log: UpdateLog, templates: Templates) {
    this.#database = database;
    this.#log = log;
    this.#templates = templates;
  }

  /** @throws AccessError `not-found` for strangers to the parent, `not-allowed` for its readers */
  async create(caller: Caller, input: InputOf<typeof createDocument>): Promise<Document> {
    const { parentId: parentUid, title, holds: form, templateId, locale } = input;
    const content =
      templateId === undefined || form === 'board'
        ? blankUpdate()
        : await this.#templates.content(caller, templateId, locale);
    return this.createWith(caller, { parentUid, title, content, form });
  }

  /**
   * A document of the caller's with this first content. `also` joins its transaction.
   * @throws AccessError `not-found` for strangers to the parent, `not-allowed` for its readers
   */
  async createWith(
    caller: Caller,
    wanted: Omit<NewDocument, 'ownerId'>,
    also: (db: Db, made: ResourceRow) => Promise<void> = async () => undefined,
  ): Promise<Document> {
    const uid = await this.#database.transaction(async (db) => {
      const parent = await checkAbility(db, caller, wanted.parentUid, 'edit');
      if (!holdersOfDocuments.includes(parent.kind)) throw Refused.conflict('wrong-kind');
      const made = await this.make(db, { ...wanted, ownerId: caller.id });
      await also(db, made);
      return made.uid;
    });
    return this.get(caller, { id: uid });
  }

  /**
   * The resource, its log and its first content, in the transaction of `db`. First content is made here and nowhere
   * else: were each editor to make its own, two who open at once would have it twice.
   */
  async make(db: Db, wanted: NewDocument): Promise<ResourceRow> {
    const row = await createResource(db, {
      kind: 'document',
      title: wanted.title,
      ownerId: wanted.ownerId,
      parentUid: wanted.parentUid,
    });
    const epoch = uuidv7();
    await db.query('insert into docs.document (resource_id, uid, epoch, form) values ($1, $2, $3, $4)', [
      row.id,
      row.uid,
      epoch,
      wanted.form ?? 'text',
    ]);
    const payload = encodeEntry([{ person: wanted.ownerId, update: wanted.content }]);
    await this.#log.append([{ documentId: row.id, epoch, person: wanted.ownerId, payload }], db);
    return row;
  }

  /** @throws Refused `not-found`, for strangers too */
  async get(caller: Caller, input: InputOf<typeof getDocument>): Promise<Document> {
    const { db } = this.#database;
    const link = input.link === undefined ? {} : { link: input.link };
    const row = await load(db, caller, input.id, { kind: 'document', ...link });
    if (row === null) throw Refused.notFound();
    const [document] = await db.query<Pick<Document, 'epoch' | 'holds' | 'favourite'>>(
      `select epoch, form as holds, exists (select from docs.favourite where document_id = $1 and person_id = $2) as favourite
         from docs.document where resource_id = $1`,
      [row.id, caller.id],
    );
    if (!document) throw Refused.notFound();
    const owner = row.ownerId === null ? null : await findPersonById(db, row.ownerId);
    return { ...presentResource(row, owner), kind: 'document', ...document };
  }
}
