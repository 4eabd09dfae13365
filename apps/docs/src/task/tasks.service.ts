import { Injectable } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import { checkAbility } from '@parvis/access/read';
import { scopeOf } from '@parvis/access/scope';
import type { checkTask, Task } from '@parvis/contract/doc-tasks';
import { tasksPageMax } from '@parvis/contract/limits';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';
import { Texts } from '../index/texts.ts';
import { listed, visibleDocuments } from '../list/seen.ts';
import { Rooms } from '../live/rooms.ts';
import { encodeEntry } from '../log/entry.ts';
import { UpdateLog } from '../log/log.ts';

/** Days that a task which is done stays on its person's page. */
const doneDays = 30;

interface Row {
  id: number;
  blockId: string;
  text: string;
  checked: boolean;
  due: string | null;
  changedAt: Date;
}

/** Tasks that stand in the text of documents, gathered by whom they are given to. */
@Injectable()
export class Tasks {
  readonly #database: Database;
  readonly #log: UpdateLog;
  readonly #texts: Texts;
  readonly #rooms: Rooms;

  constructor(database: Database, log: UpdateLog, texts: Texts, rooms: Rooms) {
    this.#database = database;
    this.#log = log;
    this.#texts = texts;
    this.#rooms = rooms;
  }

  async mine(caller: Caller): Promise<{ tasks: Task[] }> {
    const { db } = this.#database;
    const scope = await scopeOf(db, caller);
    const visible = visibleDocuments(scope, 'r', 2);
    const rows = await db.query<Row>(
      `select t.document_id::float8 as id, t.block_id as "blockId", t.text, t.checked,
              to_char(t.due, 'YYYY-MM-DD') as due, t.changed_at as "changedAt"
         from docs.task t join access.resource r on r.id = t.document_id
        where t.assignee = $1 and ${visible.sql}
          and (not t.checked or t.changed_at > now() - make_interval(days => ${doneDays}))
        order by t.checked, case when not t.checked then t.due end nulls last,
                 case when t.checked then t.changed_at end desc, r.title_key, t.position limit ${tasksPageMax}`,
      [caller.uid, ...visible.params],
    );
    const documents = await listed(db, caller, [...new Set(rows.map(({ id }) => id))], scope);
    const tasks = rows.flatMap(({ id, changedAt, ...rest }): Task[] => {
      const document = documents.get(id);
      return document === undefined ? [] : [{ ...rest, document, changedAt: changedAt.toISOString() }];
    });
    return { tasks };
  }

  /**
   * Checks a task where it stands: an update of the text like any other, durable before this resolves, and shown at
   * once to whoever has the document open. @throws Refused `not-found` (no such document or task); AccessError `not-allowed`
   */
  async check(caller: Caller, { documentId, blockId, checked }: InputOf<typeof checkTask>) {
    const { db } = this.#database;
    const row = await checkAbility(db, caller, documentId, 'edit', { kind: 'document' });
    const stored = await this.#log.read(row.id);
    if (stored === null) throw Refused.notFound();
    const { found, update } = await this.#texts.check(stored, blockId, checked);
    if (!found) throw Refused.notFound();
    if (update === null) return { checked };
    const payload = encodeEntry([{ person: caller.id, update }]);
    const seq = await this.#database.transaction(async (inside) => {
      // The right may have gone while the text was read.
      await checkAbility(inside, caller, documentId, 'edit', { kind: 'document' });
      const seqs = await this.#log.append(
        [{ documentId: row.id, epoch: stored.epoch, person: caller.id, payload }],
        inside,
      );
      // The page of tasks asks again before the index has read the text.
      await inside.query(
        `update docs.task set checked = $3, changed_at = clock_timestamp()
          where document_id = $1 and block_id = $2 and checked <> $3`,
        [row.id, blockId, checked],
      );
      const detail = { checked };
      await audit(inside, {
        actorId: caller.id,
        action: 'document.task-checked',
        resourceId: row.id,
        detail,
      });
      const written = seqs.get(row.id);
      // The document is gone, or its text was replaced a moment ago.
      if (written == null) throw Refused.notFound();
      return written;
    });
    this.#rooms.written(row.id, seq);
    return { checked };
  }
}
