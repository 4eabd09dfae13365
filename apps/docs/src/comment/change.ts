import { Injectable } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import type { Db } from '@parvis/access/db';
import { load, type Seen } from '@parvis/access/read';
import { type Ability, abilities } from '@parvis/access/roles';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Outbox } from '@parvis/server/outbox';
import { Refused } from '@parvis/server/refused';
import { nextRev } from './book.ts';
import { tellComment } from './happened.ts';

/** Topic of the outbox: something about a document's comments has changed. */
export const commentChanged = 'comment-changed';

/** What an event tells; the words stay in the table. */
export interface CommentChanged {
  readonly documentId: string;
  readonly threadId: string;
  readonly commentId: string | null;
  readonly what:
    | 'started'
    | 'replied'
    | 'edited'
    | 'deleted'
    | 'resolved'
    | 'reopened'
    | 'reacted'
    | 'unreacted';
  readonly byId: string;
  /** Uids of the people to whom it is news that they are mentioned. */
  readonly mentioned: readonly string[];
  readonly rev: number;
}

/** A document that the caller may comment on, and the change that is being made. */
export interface Change {
  readonly db: Db;
  readonly document: Seen;
  readonly rev: number;
  /** Writes the audit row and the event; both come with the change or not at all. */
  tell(
    what: CommentChanged['what'],
    about: Pick<CommentChanged, 'threadId' | 'commentId'>,
    mentioned?: string[],
  ): Promise<void>;
}

/** The one way in which comments change: right, position, journal and event in one transaction. */
@Injectable()
export class Changes {
  readonly #database: Database;
  readonly #outbox: Outbox;

  constructor(database: Database, outbox: Outbox) {
    this.#database = database;
    this.#outbox = outbox;
  }

  get db(): Db {
    return this.#database.db;
  }

  /** @throws Refused `not-found` for strangers, `not-allowed` without the ability */
  async document(db: Db, caller: Caller, id: string, ability?: Ability): Promise<Seen> {
    const found = await load(db, caller, id, { kind: 'document' });
    if (found === null) throw Refused.notFound();
    if (ability !== undefined && !abilities(found.role)[ability]) throw Refused.notAllowed();
    return found;
  }

  /** @throws Refused as `document`, for whoever may not comment */
  make<T>(caller: Caller, id: string, act: (change: Change) => Promise<T>): Promise<T> {
    return this.#database.transaction(async (db) => {
      const document = await this.document(db, caller, id, 'comment');
      const rev = await nextRev(db, document.id);
      return act({
        db,
        document,
        rev,
        tell: async (what, { threadId, commentId }, mentioned = []) => {
          const detail = { threadId, ...(commentId === null ? {} : { commentId }) };
          await audit(db, { actorId: caller.id, action: `comment.${what}`, resourceId: document.id, detail });
          const event: CommentChanged = {
            documentId: document.uid,
            threadId,
            commentId,
            what,
            byId: caller.uid,
            mentioned,
            rev,
          };
          await this.#outbox.add(db, commentChanged, event);
          await tellComment(db, document, caller.id, event);
        },
      });
    });
  }
}
