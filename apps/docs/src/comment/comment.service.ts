import { Injectable } from '@nestjs/common';
import type {
  deleteComment,
  editComment,
  listEdits,
  react,
  reply,
  startThread,
  Thread,
} from '@parvis/contract/doc-comments';
import { threadSizeMax, reactionsSizeMax } from '@parvis/contract/limits';
import type { InputOf, OutputOf } from '@parvis/contract/operation';
import { done } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Refused } from '@parvis/server/refused';
import { Rooms } from '../live/rooms.ts';
import { encodeEntry } from '../log/entry.ts';
import { UpdateLog } from '../log/log.ts';
import { unmarkText } from './anchor.ts';
import { addComment, commentOf, showThread, type ThreadRow, threadOf } from './book.ts';
import { type Change, Changes } from './change.ts';
import { setMentions } from './mentions.ts';

type Said = OutputOf<typeof startThread>;

/** What people say in a conversation. The author is who asks, never what a client says. */
@Injectable()
export class Comments {
  readonly #changes: Changes;
  readonly #log: UpdateLog;
  readonly #rooms: Rooms;

  constructor(changes: Changes, log: UpdateLog, rooms: Rooms) {
    this.#changes = changes;
    this.#log = log;
    this.#rooms = rooms;
  }

  /** An answer reopens what was resolved. @throws Refused `not-found`, `not-allowed`, `thread-full`, `comment-id-taken` */
  reply(caller: Caller, input: InputOf<typeof reply>): Promise<Said> {
    const { id, threadId, commentId: uid, body } = input;
    return this.#changes.make(caller, id, async (change) => {
      const { db, document, rev } = change;
      const thread = await threadOf(db, document.id, threadId);
      const [there] = await db.query<{ mine: boolean }>(
        'select thread_id = $2 and author_id = $3 as mine from docs.comment where uid = $1',
        [uid, thread.id, caller.id],
      );
      if (there?.mine === false) throw Refused.conflict('comment-id-taken');
      if (there) return { thread: await showThread(db, document.id, threadId), unreached: [] };
      await this.#checkRoom(change, thread);
      const commentId = await addComment(db, { uid, threadId: thread.id, authorId: caller.id, body, rev });
      await db.query(
        'update docs.thread set rev = $2, resolved_at = null, resolved_by = null where id = $1',
        [thread.id, rev],
      );
      return this.#said(change, caller, { what: 'replied', threadId, uid, commentId, body });
    });
  }

  async #checkRoom({ db }: Change, thread: ThreadRow): Promise<void> {
    const [row] = await db.query<{ count: number }>(
      'select count(*)::int as count from docs.comment where thread_id = $1',
      [thread.id],
    );
    if ((row?.count ?? 0) >= threadSizeMax) throw Refused.conflict('thread-full');
  }

  async #said(
    change: Change,
    caller: Caller,
    made: { what: 'replied' | 'edited'; threadId: string; uid: string; commentId: number; body: string },
  ): Promise<Said> {
    const { db, document } = change;
    const { commentId, body, threadId } = made;
    const { told, unreached } = await setMentions(db, caller, { documentId: document.id, commentId, body });
    await change.tell(made.what, { threadId, commentId: made.uid }, told);
    return { thread: await showThread(db, document.id, threadId), unreached };
  }

  /** @throws Refused `not-found`, `not-allowed` for what somebody else said */
  edit(caller: Caller, { id, threadId, commentId: uid, body }: InputOf<typeof editComment>): Promise<Said> {
    return this.#changes.make(caller, id, async (change) => {
      const { db, document, rev } = change;
      const thread = await threadOf(db, document.id, threadId);
      const comment = await commentOf(db, thread, uid);
      if (comment.authorId !== caller.id) throw Refused.notAllowed();
      if (comment.body === body)
        return { thread: await showThread(db, document.id, threadId), unreached: [] };
      await db.query('insert into docs.comment_edit (comment_id, body) values ($1, $2)', [
        comment.id,
        comment.body,
      ]);
      await db.query('update docs.comment set body = $2, edited_at = clock_timestamp() where id = $1', [
        comment.id,
        body,
      ]);
      await db.query('update docs.thread set rev = $2 where id = $1', [thread.id, rev]);
      return this.#said(change, caller, { what: 'edited', threadId, uid, commentId: comment.id, body });
    });
  }

  /**
   * Its words and what they were before are gone; that something was said and deleted stays where others answered it.
   * With the last comment the conversation goes, and its mark in the text.
   * @throws Refused `not-found`, `not-allowed` for what somebody else said
   */
  async delete(caller: Caller, input: InputOf<typeof deleteComment>): Promise<typeof done> {
    const { id, threadId, commentId: uid } = input;
    const written = await this.#changes.make(caller, id, async (change) => {
      const { db, document, rev } = change;
      const thread = await threadOf(db, document.id, threadId);
      const comment = await commentOf(db, thread, uid);
      if (comment.authorId !== caller.id) throw Refused.notAllowed();
      await db.query(`update docs.comment set body = '', deleted_at = clock_timestamp() where id = $1`, [
        comment.id,
      ]);
      for (const table of ['comment_edit', 'comment_mention', 'reaction'])
        await db.query(`delete from docs.${table} where comment_id = $1`, [comment.id]);
      const [left] = await db.query<{ count: number }>(
        'select count(*)::int as count from docs.comment where thread_id = $1 and deleted_at is null',
        [thread.id],
      );
      const last = left?.count === 0;
      await db.query(
        `update docs.thread set rev = $2, deleted_at = case when $3 then clock_timestamp() end,
           quote = case when $3 then '' else quote end where id = $1`,
        [thread.id, rev, last],
      );
      await change.tell('deleted', { threadId, commentId: uid });
      const seq = last ? await this.#unmark(change, caller, threadId) : null;
      return { documentId: document.id, seq };
    });
    if (written.seq !== null) this.#rooms.written(written.documentId, written.seq);
    return done;
  }

  async #unmark({ db, document }: Change, caller: Caller, threadId: string): Promise<number | null> {
    const stored = await this.#log.read(document.id);
    const update = stored === null ? null : unmarkText(stored, threadId);
    if (stored === null || update === null) return null;
    const payload = encodeEntry([{ person: caller.id, update }]);
    const addition = { documentId: document.id, epoch: stored.epoch, person: caller.id, payload };
    return (await this.#log.append([addition], db)).get(document.id) ?? null;
  }

  /** @throws Refused `not-found` */
  async edits(
    caller: Caller,
    { id, threadId, commentId }: InputOf<typeof listEdits>,
  ): Promise<OutputOf<typeof listEdits>> {
    const { db } = this.#changes;
    const document = await this.#changes.document(db, caller, id);
    const comment = await commentOf(db, await threadOf(db, document.id, threadId), commentId);
    const edits = await db.query<{ body: string; until: Date }>(
      'select body, until from docs.comment_edit where comment_id = $1 order by until',
      [comment.id],
    );
    return { edits: edits.map(({ body, until }) => ({ body, until: until.toISOString() })) };
  }

  /** @throws Refused `not-found`, `not-allowed`, `too-many-reactions` */
  react(caller: Caller, { id, threadId, commentId, emoji, on }: InputOf<typeof react>): Promise<Thread> {
    return this.#changes.make(caller, id, async (change) => {
      const { db, document, rev } = change;
      const thread = await threadOf(db, document.id, threadId);
      const comment = await commentOf(db, thread, commentId);
      const changed = on
        ? await this.#add(change, comment.id, emoji, caller.id)
        : await db.query(
            'delete from docs.reaction where comment_id = $1 and emoji = $2 and person_id = $3 returning 1',
            [comment.id, emoji, caller.id],
          );
      if (changed.length > 0) {
        await db.query('update docs.thread set rev = $2 where id = $1', [thread.id, rev]);
        await change.tell(on ? 'reacted' : 'unreacted', { threadId, commentId });
      }
      return showThread(db, document.id, threadId);
    });
  }

  async #add({ db }: Change, commentId: number, emoji: string, personId: number): Promise<unknown[]> {
    const kinds = await db.query<{ emoji: string }>(
      'select distinct emoji from docs.reaction where comment_id = $1',
      [commentId],
    );
    if (kinds.length >= reactionsSizeMax && !kinds.some((kind) => kind.emoji === emoji))
      throw Refused.conflict('too-many-reactions');
    return db.query(
      `insert into docs.reaction (comment_id, emoji, person_id) values ($1, $2, $3)
       on conflict do nothing returning 1`,
      [commentId, emoji, personId],
    );
  }
}
