import { Injectable } from '@nestjs/common';
import { atLeast } from '@parvis/access/roles';
import type {
  listMentionable,
  listThreads,
  resolveThread,
  seeThreads,
  startThread,
  Thread,
} from '@parvis/contract/doc-comments';
import { discussionSizeMax } from '@parvis/contract/limits';
import type { InputOf, OutputOf } from '@parvis/contract/operation';
import { done } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Refused } from '@parvis/server/refused';
import { Rooms } from '../live/rooms.ts';
import { encodeEntry } from '../log/entry.ts';
import { UpdateLog } from '../log/log.ts';
import { markText } from './anchor.ts';
import { addComment, changedThreads, showThread, showThreads, threadOf } from './book.ts';
import { type Change, Changes } from './change.ts';
import { mentionable, setMentions } from './mentions.ts';

type Said = OutputOf<typeof startThread>;

/** Conversations about pieces of a document's text. */
@Injectable()
export class Threads {
  readonly #changes: Changes;
  readonly #log: UpdateLog;
  readonly #rooms: Rooms;

  constructor(changes: Changes, log: UpdateLog, rooms: Rooms) {
    this.#changes = changes;
    this.#log = log;
    this.#rooms = rooms;
  }

  /** @throws Refused `not-found`, for strangers too */
  async list(
    caller: Caller,
    { id, after, limit }: InputOf<typeof listThreads>,
  ): Promise<OutputOf<typeof listThreads>> {
    const { db } = this.#changes;
    const document = await this.#changes.document(db, caller, id);
    // Read before the rows: what is committed in between comes with the next question, and is never passed over.
    const [book] = await db.query<{ rev: number; seen: number }>(
      `select coalesce((select rev from docs.comment_book where document_id = $1), 0)::float8 as rev,
         coalesce((select rev from docs.comment_seen where document_id = $1 and person_id = $2), 0)::float8 as seen`,
      [document.id, caller.id],
    );
    const rows = await changedThreads(db, document.id, after, limit);
    const [counts] = await db.query<{ open: number; resolved: number }>(
      `select count(*) filter (where resolved_at is null)::int as open,
              count(*) filter (where resolved_at is not null)::int as resolved
         from docs.thread where document_id = $1 and deleted_at is null`,
      [document.id],
    );
    const last = rows.at(-1)?.rev ?? after;
    const more = rows.length === limit;
    return {
      threads: await showThreads(db, rows),
      gone: rows.filter(({ deletedAt }) => deletedAt !== null).map(({ uid }) => uid),
      next: more ? last : null,
      rev: more ? last : Math.max(last, book?.rev ?? 0),
      seen: book?.seen ?? 0,
      open: counts?.open ?? 0,
      resolved: counts?.resolved ?? 0,
    };
  }

  /**
   * The mark in the text is written here, for editors and commenters alike: a commenter's socket never writes, and
   * words and mark are there together or not at all.
   * @throws Refused `not-found`, `not-allowed`, `anchor-unknown` (the server does not have that text yet),
   *   `anchor-empty`, `too-many-threads`, `comment-id-taken`
   */
  async start(caller: Caller, input: InputOf<typeof startThread>): Promise<Said> {
    const before = await this.#already(caller, input);
    if (before) return { thread: before, unreached: [] };
    const { said, documentId, seq } = await this.#changes.make(caller, input.id, async (change) => {
      await this.#checkCount(change);
      const anchored = await this.#anchor(change, caller, input);
      return { said: await this.#insert(change, caller, input, anchored.quote), ...anchored };
    });
    this.#rooms.written(documentId, seq);
    return said;
  }

  /** A repeated request, whose answer was lost. */
  async #already(caller: Caller, { id, threadId }: InputOf<typeof startThread>): Promise<Thread | null> {
    const { db } = this.#changes;
    const document = await this.#changes.document(db, caller, id, 'comment');
    const [row] = await db.query<{ mine: boolean }>(
      `select document_id = $2 and author_id = $3 and deleted_at is null as mine from docs.thread where uid = $1`,
      [threadId, document.id, caller.id],
    );
    if (!row) return null;
    if (!row.mine) throw Refused.conflict('comment-id-taken');
    return showThread(db, document.id, threadId);
  }

  async #checkCount({ db, document }: Change): Promise<void> {
    const [row] = await db.query<{ count: number }>(
      'select count(*)::int as count from docs.thread where document_id = $1 and deleted_at is null',
      [document.id],
    );
    if ((row?.count ?? 0) >= discussionSizeMax) throw Refused.conflict('too-many-threads');
  }

  async #anchor(
    { db, document }: Change,
    caller: Caller,
    { start, end, threadId }: InputOf<typeof startThread>,
  ): Promise<{ documentId: number; seq: number; quote: string }> {
    const stored = await this.#log.read(document.id);
    if (stored === null) throw Refused.notFound();
    const marked = markText(stored, { start, end }, threadId);
    if (marked === 'unknown') throw Refused.conflict('anchor-unknown');
    if (marked === 'empty') throw Refused.badInput([], 'anchor-empty');
    const payload = encodeEntry([{ person: caller.id, update: marked.update }]);
    const { epoch } = stored;
    const seqs = await this.#log.append([{ documentId: document.id, epoch, person: caller.id, payload }], db);
    const seq = seqs.get(document.id);
    // Its text was replaced since it was read.
    if (seq === undefined || seq === null) throw Refused.conflict('anchor-unknown');
    return { documentId: document.id, seq, quote: marked.quote };
  }

  async #insert(
    change: Change,
    caller: Caller,
    { threadId, body }: InputOf<typeof startThread>,
    quote: string,
  ): Promise<Said> {
    const { db, document, rev } = change;
    const [made] = await db.query<{ id: number }>(
      `insert into docs.thread (uid, document_id, author_id, quote, rev) values ($1, $2, $3, $4, $5)
       on conflict (uid) do nothing returning id::float8 as id`,
      [threadId, document.id, caller.id, quote, rev],
    );
    if (!made) throw Refused.conflict('comment-id-taken');
    // The first comment is named as the conversation is: a client has one id to keep.
    const comment = { uid: threadId, threadId: made.id, authorId: caller.id, body, rev };
    const commentId = await addComment(db, comment);
    const { told, unreached } = await setMentions(db, caller, { documentId: document.id, commentId, body });
    await change.tell('started', { threadId, commentId: threadId }, told);
    return { thread: await showThread(db, document.id, threadId), unreached };
  }

  /** By whoever began it, and by editors. @throws Refused `not-found`, `not-allowed` */
  resolve(caller: Caller, { id, threadId, resolved }: InputOf<typeof resolveThread>): Promise<Thread> {
    return this.#changes.make(caller, id, async (change) => {
      const { db, document, rev } = change;
      const thread = await threadOf(db, document.id, threadId);
      if (thread.authorId !== caller.id && !atLeast(document.role, 'editor')) throw Refused.notAllowed();
      if ((thread.resolvedAt !== null) === resolved) return showThread(db, document.id, threadId);
      await db.query(
        `update docs.thread set rev = $2, resolved_at = case when $3 then clock_timestamp() end,
           resolved_by = case when $3 then $4::int end where id = $1`,
        [thread.id, rev, resolved, caller.id],
      );
      await change.tell(resolved ? 'resolved' : 'reopened', { threadId, commentId: null });
      return showThread(db, document.id, threadId);
    });
  }

  /** What one has seen is nobody else's business: no event, no journal. */
  async see(caller: Caller, { id, rev }: InputOf<typeof seeThreads>): Promise<typeof done> {
    const { db } = this.#changes;
    const document = await this.#changes.document(db, caller, id);
    await db.query(
      `insert into docs.comment_seen as s (document_id, person_id, rev)
       select $1, $2, least($3::bigint, b.rev) from docs.comment_book b where b.document_id = $1
       on conflict (document_id, person_id) do update set rev = greatest(s.rev, excluded.rev)`,
      [document.id, caller.id, rev],
    );
    return done;
  }

  async mentionable(
    caller: Caller,
    { id, q, limit }: InputOf<typeof listMentionable>,
  ): Promise<OutputOf<typeof listMentionable>> {
    const { db } = this.#changes;
    const document = await this.#changes.document(db, caller, id, 'comment');
    return { people: await mentionable(db, caller, { documentId: document.id, q, limit }) };
  }
}
