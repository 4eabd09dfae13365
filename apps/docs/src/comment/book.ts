import type { Db } from '@parvis/access/db';
import { peopleByIds } from '@parvis/access/people';
import type { Comment, Thread } from '@parvis/contract/doc-comments';
import type { Person } from '@parvis/contract/shape';
import { presentPerson } from '@parvis/server/present';
import { Refused } from '@parvis/server/refused';

/** A thread of a document, as the services pass it on. */
export interface ThreadRow {
  readonly id: number;
  readonly uid: string;
  readonly quote: string;
  readonly authorId: number;
  readonly resolvedAt: Date | null;
  readonly resolvedBy: number | null;
  readonly deletedAt: Date | null;
  readonly rev: number;
}

export interface CommentRow {
  readonly id: number;
  readonly uid: string;
  readonly threadId: number;
  readonly authorId: number;
  readonly body: string;
  readonly at: Date;
  readonly editedAt: Date | null;
  readonly deletedAt: Date | null;
  readonly rev: number;
}

const threadColumns = `t.id::float8 as id, t.uid, t.quote, t.author_id as "authorId", t.resolved_at as "resolvedAt",
  t.resolved_by as "resolvedBy", t.deleted_at as "deletedAt", t.rev::float8 as rev`;
const commentColumns = `c.id::float8 as id, c.uid, c.thread_id::float8 as "threadId", c.author_id as "authorId",
  c.body, c.at, c.edited_at as "editedAt", c.deleted_at as "deletedAt", c.rev::float8 as rev`;

/** The next change of a document's comments; from here on the transaction holds the lock of its book. */
export async function nextRev(db: Db, documentId: number): Promise<number> {
  const [row] = await db.query<{ rev: number }>(
    `insert into docs.comment_book as b (document_id, rev) values ($1, 1)
     on conflict (document_id) do update set rev = b.rev + 1 returning rev::float8 as rev`,
    [documentId],
  );
  return row?.rev ?? 0;
}

/** @throws Refused `not-found` for a thread that is deleted, or of another document */
export async function threadOf(db: Db, documentId: number, uid: string): Promise<ThreadRow> {
  const [row] = await db.query<ThreadRow>(
    `select ${threadColumns} from docs.thread t where t.document_id = $1 and t.uid = $2 and t.deleted_at is null`,
    [documentId, uid],
  );
  if (!row) throw Refused.notFound();
  return row;
}

/** @throws Refused `not-found` for a comment that is deleted, or of another thread */
export async function commentOf(db: Db, thread: ThreadRow, uid: string): Promise<CommentRow> {
  const [row] = await db.query<CommentRow>(
    `select ${commentColumns} from docs.comment c where c.thread_id = $1 and c.uid = $2 and c.deleted_at is null`,
    [thread.id, uid],
  );
  if (!row) throw Refused.notFound();
  return row;
}

/** Threads that changed after a position, deleted ones too, in the order of change. */
export function changedThreads(db: Db, documentId: number, after: number, limit: number) {
  return db.query<ThreadRow>(
    `select ${threadColumns} from docs.thread t where t.document_id = $1 and t.rev > $2 order by t.rev limit $3`,
    [documentId, after, limit],
  );
}

/** Adds a comment and says which it is. */
export async function addComment(
  db: Db,
  wanted: { uid: string; threadId: number; authorId: number; body: string; rev: number },
): Promise<number> {
  const [row] = await db.query<{ id: number }>(
    `insert into docs.comment (uid, thread_id, author_id, body, rev) values ($1, $2, $3, $4, $5)
     returning id::float8 as id`,
    [wanted.uid, wanted.threadId, wanted.authorId, wanted.body, wanted.rev],
  );
  if (!row) throw new Error('no comment was made');
  return row.id;
}

/** The position and the thread as somebody who asks sees them. @throws Refused `not-found` when it was deleted */
export async function showThread(db: Db, documentId: number, uid: string): Promise<Thread> {
  const [shown] = await showThreads(db, [await threadOf(db, documentId, uid)]);
  if (!shown) throw Refused.notFound();
  return shown;
}

interface ReactionRow {
  readonly commentId: number;
  readonly emoji: string;
  readonly personId: number;
}
interface MentionRow {
  readonly commentId: number;
  readonly personId: number;
}

/** Threads with their comments, mentions and reactions, for a screen; those that are deleted are left out. */
export async function showThreads(db: Db, all: readonly ThreadRow[]): Promise<Thread[]> {
  const threads = all.filter(({ deletedAt }) => deletedAt === null);
  const comments = await db.query<CommentRow>(
    `select ${commentColumns} from docs.comment c where c.thread_id = any($1::bigint[]) order by c.id`,
    [threads.map(({ id }) => id)],
  );
  const ids = comments.map(({ id }) => id);
  const reactions = await db.query<ReactionRow>(
    `select comment_id::float8 as "commentId", emoji, person_id as "personId" from docs.reaction
      where comment_id = any($1::bigint[]) order by at, person_id`,
    [ids],
  );
  const mentions = await db.query<MentionRow>(
    `select comment_id::float8 as "commentId", person_id as "personId" from docs.comment_mention
      where comment_id = any($1::bigint[]) order by person_id`,
    [ids],
  );
  const people = await peopleOf(db, [
    ...comments.map(({ authorId }) => authorId),
    ...threads.flatMap(({ resolvedBy }) => resolvedBy ?? []),
    ...[...reactions, ...mentions].map(({ personId }) => personId),
  ]);
  const shown = new Map<number, Comment[]>();
  for (const row of comments) {
    const about = <T extends { commentId: number }>(rows: T[]) => rows.filter((r) => r.commentId === row.id);
    const comment = showComment(row, about(reactions), about(mentions), people);
    shown.set(row.threadId, [...(shown.get(row.threadId) ?? []), comment]);
  }
  return threads.map((thread) => ({
    id: thread.uid,
    quote: thread.quote,
    comments: shown.get(thread.id) ?? [],
    resolved:
      thread.resolvedAt === null || thread.resolvedBy === null
        ? null
        : { by: personOf(people, thread.resolvedBy), at: thread.resolvedAt.toISOString() },
    rev: thread.rev,
  }));
}

function showComment(
  row: CommentRow,
  reactions: readonly ReactionRow[],
  mentions: readonly MentionRow[],
  people: ReadonlyMap<number, Person>,
): Comment {
  const byEmoji = Map.groupBy(reactions, ({ emoji }) => emoji);
  return {
    id: row.uid,
    author: personOf(people, row.authorId),
    body: row.body,
    mentions: mentions.map(({ personId }) => personOf(people, personId)),
    at: row.at.toISOString(),
    editedAt: row.editedAt?.toISOString() ?? null,
    deleted: row.deletedAt !== null,
    reactions: [...byEmoji].map(([emoji, by]) => ({
      emoji,
      people: by.map(({ personId }) => personOf(people, personId)),
    })),
    rev: row.rev,
  };
}

/** Somebody whose row is no more, erased by law, still has said what they said. */
const nobody: Person = {
  id: '00000000-0000-4000-8000-000000000000',
  name: '',
  kind: 'member',
  organisation: null,
};

function personOf(people: ReadonlyMap<number, Person>, id: number): Person {
  return people.get(id) ?? nobody;
}

async function peopleOf(db: Db, ids: readonly number[]): Promise<Map<number, Person>> {
  const found = ids.length === 0 ? [] : await peopleByIds(db, [...new Set(ids)]);
  return new Map(found.map((person) => [person.id, presentPerson(person)]));
}
