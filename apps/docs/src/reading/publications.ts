import { Injectable } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import type { Db } from '@parvis/access/db';
import { createLink, revokeLink } from '@parvis/access/links';
import { checkAbility, load } from '@parvis/access/read';
import type { DocumentText, Publication } from '@parvis/contract/doc-blocks';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Outbox } from '@parvis/server/outbox';
import { Refused } from '@parvis/server/refused';
import { mustBeText } from '../document/form.ts';
import { Reading } from './reading.service.ts';

interface Row {
  address: string;
  linkUid: string;
  publishedAt: Date;
}

/** Documents on the web: a public link whose secret is the address, and which everybody may know. */
@Injectable()
export class Publications {
  readonly #database: Database;
  readonly #outbox: Outbox;
  readonly #reading: Reading;

  constructor(database: Database, outbox: Outbox, reading: Reading) {
    this.#database = database;
    this.#outbox = outbox;
    this.#reading = reading;
  }

  async #row(db: Db, documentId: number): Promise<Row | null> {
    const [row] = await db.query<Row>(
      `select address, link_uid as "linkUid", published_at as "publishedAt"
         from docs.publication where document_id = $1`,
      [documentId],
    );
    return row ?? null;
  }

  /** @throws Refused `not-found`, for strangers too */
  async get(caller: Caller, id: string): Promise<Publication> {
    const { db } = this.#database;
    const seen = await load(db, caller, id, { kind: 'document' });
    if (seen === null) throw Refused.notFound();
    return present(await this.#row(db, seen.id));
  }

  /** Published already, it stays at its address. @throws AccessError `not-found`, `not-allowed` */
  async publish(caller: Caller, id: string): Promise<Publication> {
    return this.#database.transaction(async (db) => {
      const seen = await checkAbility(db, caller, id, 'share', { kind: 'document' });
      await mustBeText(db, seen.id);
      // Two who press at once get one address.
      await db.query('select from docs.document where resource_id = $1 for update', [seen.id]);
      const known = await this.#row(db, seen.id);
      if (known) return present(known);
      const { link, token } = await createLink(
        db,
        { resourceUid: id, reach: 'public', role: 'reader' },
        caller.id,
      );
      await db.query(
        `insert into docs.publication (document_id, address, link_uid, published_by) values ($1, $2, $3, $4)`,
        [seen.id, token, link.uid, caller.id],
      );
      await this.#outbox.add(db, 'document-published', { id, byId: caller.uid });
      await audit(db, { actorId: caller.id, action: 'document.published', resourceId: seen.id, detail: {} });
      return present(await this.#row(db, seen.id));
    });
  }

  /** @throws AccessError `not-found`, `not-allowed` */
  async unpublish(caller: Caller, id: string): Promise<Publication> {
    return this.#database.transaction(async (db) => {
      const seen = await checkAbility(db, caller, id, 'share', { kind: 'document' });
      const known = await this.#row(db, seen.id);
      if (known === null) return present(null);
      // The row goes with its link.
      await revokeLink(db, known.linkUid);
      await this.#outbox.add(db, 'document-unpublished', { id, byId: caller.uid });
      await audit(db, {
        actorId: caller.id,
        action: 'document.unpublished',
        resourceId: seen.id,
        detail: {},
      });
      return present(null);
    });
  }

  /** @throws Refused `not-found` for an address that leads nowhere, or no longer */
  async read(address: string): Promise<DocumentText> {
    const { db } = this.#database;
    const [row] = await db.query<{ uid: string }>(
      `select d.uid from docs.publication p join docs.document d on d.resource_id = p.document_id
        where p.address = $1`,
      [address],
    );
    const seen = row ? await load(db, null, row.uid, { kind: 'document', link: address }) : null;
    if (seen === null) throw Refused.notFound();
    return this.#reading.textOf(seen);
  }
}

function present(row: Row | null): Publication {
  return { address: row?.address ?? null, publishedAt: row?.publishedAt.toISOString() ?? null };
}
