import { Injectable } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import { heldOf } from '@parvis/access/held';
import { children, cursorOf } from '@parvis/access/lists';
import type { Seen } from '@parvis/access/read';
import { createResource } from '@parvis/access/tree';
import type { createFolder, Entry, listFolder } from '@parvis/contract/drive';
import { folderPageMax } from '@parvis/contract/limits';
import type { InputOf, OutputOf } from '@parvis/contract/operation';
import type { Resource } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { presentResource, presentResources } from '@parvis/server/present';
import { Refused } from '@parvis/server/refused';
import { asVisitorSees, bySessionOrLink } from '@parvis/server/visitor';
import { fileRows } from '../file/files.ts';
import { heldFile, withoutHidden } from '../file/held.ts';
import { shelf, shelfToFill } from './parent.ts';

/** Folders, and what lies in them. */
@Injectable()
export class Folders {
  constructor(private readonly database: Database) {}

  /** @throws Refused `not-found`, `not-allowed`, `wrong-kind` (in a document); AccessError `too-deep` */
  create(caller: Caller, input: InputOf<typeof createFolder>): Promise<Resource> {
    return this.database.transaction(async (db) => {
      const parent = await shelfToFill(db, caller, input.parentId);
      if (parent.kind === 'document') throw Refused.conflict('wrong-kind');
      const made = await createResource(db, {
        kind: 'folder',
        title: input.name,
        parentUid: parent.uid,
        ownerId: caller.id,
      });
      await audit(db, { actorId: caller.id, action: 'folder.created', resourceId: made.id });
      return presentResource({ ...made, role: parent.role }, caller);
    });
  }

  /** One question for what the person may see, one for sizes, one for owners, however much lies there. */
  async list(
    caller: Caller | null,
    { id, link, after }: InputOf<typeof listFolder>,
  ): Promise<OutputOf<typeof listFolder>> {
    bySessionOrLink(caller, link);
    const { db } = this.database;
    const folder = await shelf(db, caller, id, link);
    const found = await children(db, caller, folder.uid, {
      kinds: ['folder', 'document', 'file'],
      limit: folderPageMax + 1,
      ...(after === undefined ? {} : { after }),
      ...(link === undefined ? {} : { link }),
    });
    const last = found.slice(0, folderPageMax).at(-1);
    const page = await withoutHidden(db, caller, found.slice(0, folderPageMax));
    const files = page.filter((one) => one.kind === 'file').map((one) => one.id);
    const [rows, [presented, ...entries]] = await Promise.all([
      fileRows(db, files),
      presentResources(db, [folder, ...page]),
    ]);
    const withSizes = entries.map((entry, at): Entry => {
      const seen = page[at] as Seen;
      const row = rows.get(seen.id) ?? heldFile(seen);
      return {
        ...entry,
        file: row ? { sizeBytes: row.sizeBytes, mediaType: row.mediaType, verdict: row.verdict } : null,
        keptUntil: heldOf(seen.meta)?.until ?? null,
      };
    });
    const shown = <T extends Resource>(one: T): T => (caller === null ? asVisitorSees(one) : one);
    return {
      folder: shown(presented as Resource),
      entries: withSizes.map(shown),
      next: found.length > folderPageMax && last ? cursorOf(last) : null,
    };
  }
}
