import type { Db } from '@parvis/access/db';
import type { Indexed } from './index.worker.ts';
import { byLanguage } from '@parvis/server/words';

/** False when the document is gone, or a newer reading is there already. */
export async function writeText(
  db: Db,
  id: number,
  seq: number,
  title: string,
  found: Pick<Indexed, 'lines' | 'words'>,
): Promise<boolean> {
  const name = byLanguage([title]);
  const written = await db.query(
    `insert into docs.text (document_id, seq, title, lines, blocks, words)
     select d.resource_id, $2, $3, $4::text[], $5::text[],
            setweight(to_tsvector('french', $6) || to_tsvector('english', $7) || to_tsvector('arabic', $8), 'A')
            || to_tsvector('french', $9) || to_tsvector('english', $10) || to_tsvector('arabic', $11)
       from docs.document d where d.resource_id = $1
     on conflict (document_id) do update
       set seq = excluded.seq, title = excluded.title, at = excluded.at, lines = excluded.lines,
           blocks = excluded.blocks, words = excluded.words
       where docs.text.seq <= excluded.seq
     returning document_id`,
    [
      id,
      seq,
      title,
      found.lines.map(({ text }) => text),
      found.lines.map(({ blockId }) => blockId),
      ...[name, found.words].flatMap(({ french, english, arabic }) => [french, english, arabic]),
    ],
  );
  return written.length > 0;
}

/** Links, mentions and tasks as they are now; when a thing was first seen, or last changed, is kept. */
export async function writeFound(db: Db, id: number, found: Indexed): Promise<void> {
  for (const [table, column, rows] of [
    ['link', 'ref', found.links],
    ['mention', 'person', found.mentions],
  ] as const) {
    const given = [id, rows.map((one) => one.blockId), rows.map((one) => one.ref)];
    await db.query(
      `delete from docs.${table} where document_id = $1
          and (block_id, ${column}) not in (select * from unnest($2::text[], $3::uuid[]))`,
      given,
    );
    const kind = table === 'link' ? ['kind, ', 'kind, ', 'kind = excluded.kind, '] : ['', '', ''];
    await db.query(
      `insert into docs.${table} (document_id, block_id, ${column}, ${kind[0]}context)
       select $1, block_id, ref, ${kind[1]}context
         from unnest($2::text[], $3::uuid[], $4::text[], $5::text[]) one (block_id, ref, kind, context)
       on conflict (document_id, block_id, ${column}) do update set ${kind[2]}context = excluded.context`,
      [...given, rows.map((one) => one.kind), rows.map((one) => one.context)],
    );
  }
  const { tasks } = found;
  await db.query('delete from docs.task where document_id = $1 and block_id <> all($2::text[])', [
    id,
    tasks.map((one) => one.blockId),
  ]);
  await db.query(
    `insert into docs.task as old (document_id, block_id, position, text, checked, assignee, due)
     select $1, block_id, position, text, checked, assignee, due
       from unnest($2::text[], $3::int[], $4::text[], $5::boolean[], $6::uuid[], $7::date[])
         one (block_id, position, text, checked, assignee, due)
     on conflict (document_id, block_id) do update
       set position = excluded.position, text = excluded.text, checked = excluded.checked,
           assignee = excluded.assignee, due = excluded.due,
           changed_at = case when (old.text, old.checked, old.assignee, old.due)
             is distinct from (excluded.text, excluded.checked, excluded.assignee, excluded.due)
             then excluded.changed_at else old.changed_at end`,
    [
      id,
      tasks.map((one) => one.blockId),
      tasks.map((_, at) => at),
      tasks.map((one) => one.text),
      tasks.map((one) => one.checked),
      tasks.map((one) => one.assignee),
      tasks.map((one) => one.due),
    ],
  );
}
