import { Injectable } from '@nestjs/common';
import { load } from '@parvis/access/read';
import type { Document } from '@parvis/contract/docs';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';
import { Documents } from '../document/document.service.ts';
import { Desk } from '../history/desk.ts';
import { readUpdateHeader } from '../log/update-header.ts';

/** What a person wrote in a text that was replaced meanwhile: it becomes a document of its own, and nothing is lost. */
@Injectable()
export class KeptTexts {
  readonly #database: Database;
  readonly #documents: Documents;
  readonly #desk: Desk;

  constructor(database: Database, documents: Documents, desk: Desk) {
    this.#database = database;
    this.#documents = documents;
    this.#desk = desk;
  }

  /**
   * Every block and mark is taken over as it was written, known or not; comments stay where they were.
   * @throws Refused `not-found`, `update-malformed`; AccessError `not-allowed` for readers of the place
   */
  async keep(caller: Caller, wanted: { uid: string; title: string; update: Buffer }): Promise<Document> {
    const found = await load(this.#database.db, caller, wanted.uid, { kind: 'document' });
    if (found === null) throw Refused.notFound();
    const parentUid = found.parentUid ?? found.spaceUid;
    if (parentUid === null) throw Refused.notAllowed();
    const content = await this.#copy(wanted.update);
    return this.#documents.createWith(caller, { parentUid, title: wanted.title, content });
  }

  async #copy(update: Buffer): Promise<Uint8Array> {
    try {
      readUpdateHeader(update);
      return await this.#desk.ask({ want: 'copy', state: update });
    } catch {
      throw Refused.badInput([], 'update-malformed');
    }
  }
}
