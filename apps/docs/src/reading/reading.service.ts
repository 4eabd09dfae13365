import { Injectable } from '@nestjs/common';
import { load, type Seen } from '@parvis/access/read';
import type { DocumentText, readDocument } from '@parvis/contract/doc-blocks';
import type { InputOf } from '@parvis/contract/operation';
import type { Block } from '@parvis/document/block';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';
import { bySessionOrLink } from '@parvis/server/visitor';
import { Desk } from '../history/desk.ts';
import { UpdateLog, updatesAfter } from '../log/log.ts';

/** Documents whose blocks are kept at hand: a published page is asked for again and again. */
const heldMax = 64;

interface Held {
  readonly epoch: string;
  readonly seq: number;
  readonly blocks: readonly Block[];
}

/** The text of a document as plain blocks, made in a worker from the log as it is now. */
@Injectable()
export class Reading {
  readonly #database: Database;
  readonly #log: UpdateLog;
  readonly #desk: Desk;
  /** In the order of their last use. */
  readonly #held = new Map<number, Held>();

  constructor(database: Database, log: UpdateLog, desk: Desk) {
    this.#database = database;
    this.#log = log;
    this.#desk = desk;
  }

  /** @throws Refused `not-found`, for strangers too; `no-session` without session and link */
  async read(caller: Caller | null, { id, link }: InputOf<typeof readDocument>): Promise<DocumentText> {
    bySessionOrLink(caller, link);
    const { db } = this.#database;
    const row = await load(db, caller, id, { kind: 'document', ...(link === undefined ? {} : { link }) });
    if (row === null) throw Refused.notFound();
    return this.textOf(row);
  }

  /** The text of a document that somebody was found to be allowed to read. */
  async textOf(row: Seen): Promise<DocumentText> {
    const { epoch, seq, blocks } = await this.#current(row.id);
    return {
      id: row.uid,
      title: row.title,
      updatedAt: row.updatedAt.toISOString(),
      epoch,
      seq,
      blocks,
    };
  }

  async #current(documentId: number): Promise<Held> {
    const last = (await this.#log.lastSeqs([documentId])).get(documentId);
    const held = this.#held.get(documentId);
    if (held !== undefined && held.seq === last) return held;
    const stored = await this.#log.read(documentId);
    if (stored === null) throw Refused.notFound();
    const tail = updatesAfter(stored);
    const updates = stored.snapshot ? [stored.snapshot.bytes, ...tail] : tail;
    const blocks = await this.#desk.ask({ want: 'tree', updates });
    const made = { epoch: stored.epoch, seq: stored.seq, blocks };
    this.#held.delete(documentId);
    this.#held.set(documentId, made);
    const [oldest] = this.#held.keys();
    if (this.#held.size > heldMax && oldest !== undefined) this.#held.delete(oldest);
    return made;
  }
}
