import { Injectable } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import type { Db } from '@parvis/access/db';
import { children, cursorOf } from '@parvis/access/lists';
import { checkAbility, load, type Seen } from '@parvis/access/read';
import type { duplicateDocument, listPages, Page } from '@parvis/contract/doc-list';
import { copiedTreeSizeMax, pageSizeMax } from '@parvis/contract/limits';
import type { DocumentForm } from '@parvis/contract/docs';
import type { InputOf } from '@parvis/contract/operation';
import type { Resource } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { presentResource, presentResources } from '@parvis/server/present';
import { Refused } from '@parvis/server/refused';
import { formOf } from '../document/form.ts';
import { Documents, holdersOfDocuments } from '../document/document.service.ts';
import { Texts } from '../index/texts.ts';

interface Copy {
  readonly of: Seen;
  readonly content: Uint8Array;
  readonly form: DocumentForm;
  /** Place of its parent in the list; null for the first. */
  readonly below: number | null;
}

/** Documents below documents. */
@Injectable()
export class Pages {
  readonly #database: Database;
  readonly #documents: Documents;
  readonly #texts: Texts;

  constructor(database: Database, documents: Documents, texts: Texts) {
    this.#database = database;
    this.#documents = documents;
    this.#texts = texts;
  }

  /** Whoever sees a thing sees all pages below it, so that "has pages" tells nothing that is not theirs. */
  async list(caller: Caller, { id, after }: InputOf<typeof listPages>) {
    const { db } = this.#database;
    const holder = await load(db, caller, id);
    if (holder === null || !holdersOfDocuments.includes(holder.kind)) throw Refused.notFound();
    const rows = await children(db, caller, id, {
      kinds: ['document'],
      limit: pageSizeMax + 1,
      ...(after === undefined ? {} : { after }),
    });
    const page = rows.slice(0, pageSizeMax);
    const more = await db.query<{ id: number; has: boolean; favourite: boolean }>(
      `select p.id::float8 as id,
              exists (select from access.resource c where c.parent_id = p.id and c.kind = 'document'
                       and c.trash_id is null) as has,
              exists (select from docs.favourite f where f.document_id = p.id and f.person_id = $2) as favourite
         from unnest($1::bigint[]) p (id)`,
      [page.map((one) => one.id), caller.id],
    );
    const byId = new Map(more.map((one) => [one.id, one]));
    const presented = await presentResources(db, page);
    const pages = presented.map((one, at): Page => {
      const about = byId.get(page[at]?.id ?? 0);
      return {
        ...one,
        kind: 'document',
        hasPages: about?.has ?? false,
        favourite: about?.favourite ?? false,
      };
    });
    const last = page.at(-1);
    return { pages, next: rows.length > page.length && last ? cursorOf(last) : null };
  }

  /**
   * A copy of a document, alone or with all pages below it that the person may see; the copies are theirs. What lies
   * below besides documents stays where it is. @throws Refused `not-found`, `too-many-pages`; AccessError `not-allowed`
   */
  async duplicate(
    caller: Caller,
    { id, title, withPages, parentId }: InputOf<typeof duplicateDocument>,
  ): Promise<Resource> {
    const { db } = this.#database;
    const row = await load(db, caller, id, { kind: 'document' });
    if (row === null) throw Refused.notFound();
    const aim = parentId ?? row.parentUid;
    if (aim === null) throw Refused.notFound();
    const copies = await this.#read(db, caller, row, withPages);
    const uid = await this.#database.transaction(async (inside) => {
      const target = await checkAbility(inside, caller, aim, 'edit');
      if (!holdersOfDocuments.includes(target.kind)) throw Refused.conflict('wrong-kind');
      const made: string[] = [];
      for (const { of, content, form, below } of copies) {
        const parentUid = below === null ? target.uid : (made[below] as string);
        const named = below === null ? title : of.title;
        const one = await this.#documents.make(inside, {
          parentUid,
          title: named,
          ownerId: caller.id,
          content,
          form,
        });
        made.push(one.uid);
        if (below !== null) continue;
        const detail = { from: row.uid, pages: copies.length };
        await audit(inside, {
          actorId: caller.id,
          action: 'document.duplicated',
          resourceId: one.id,
          detail,
        });
      }
      return made[0] as string;
    });
    const copy = await load(db, caller, uid);
    if (copy === null) throw Refused.notFound();
    return presentResource(copy, caller);
  }

  /** Everything that is to be copied, parents first. */
  async #read(db: Db, caller: Caller, root: Seen, withPages: boolean): Promise<Copy[]> {
    const found: { of: Seen; below: number | null }[] = [{ of: root, below: null }];
    for (let at = 0; withPages && at < found.length; at++) {
      const parent = found[at] as { of: Seen };
      const below = await children(db, caller, parent.of.uid, {
        kinds: ['document'],
        limit: copiedTreeSizeMax + 1,
      });
      found.push(...below.map((of) => ({ of, below: at })));
      if (found.length > copiedTreeSizeMax) throw Refused.conflict('too-many-pages');
    }
    const copies: Copy[] = [];
    for (const one of found) {
      const content = await this.#texts.copy(one.of.id);
      if (content === null) throw Refused.notFound();
      copies.push({ ...one, content, form: await formOf(db, one.of.id) });
    }
    return copies;
  }
}
