import { Injectable } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import { checkAbility, load } from '@parvis/access/read';
import type { Message } from '@parvis/contract/chat-entry';
import type {
  decideHouseReport,
  decideReport,
  hideMessage,
  Report,
  reportMessage,
} from '@parvis/contract/chat-moderation';
import type { InputOf } from '@parvis/contract/operation';
import { done } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Outbox } from '@parvis/server/outbox';
import { Refused } from '@parvis/server/refused';
import { ChangeLog, type LogWriter } from '../message/change-log.ts';
import { MessageLog } from '../message/message.log.ts';
import { findReports } from './reports.ts';

interface Place {
  readonly id: number;
  readonly uid: string;
}

/** Reports of messages and what becomes of them; hiding and showing again. */
@Injectable()
export class Moderation {
  readonly #database: Database;
  readonly #changes: ChangeLog;
  readonly #log: MessageLog;
  readonly #outbox: Outbox;

  constructor(database: Database, changes: ChangeLog, log: MessageLog, outbox: Outbox) {
    this.#database = database;
    this.#changes = changes;
    this.#log = log;
    this.#outbox = outbox;
  }

  /** Notes what the message says now. Reporting it again replaces what one had said. @throws Refused `not-found` */
  async report(
    caller: Caller,
    { id, seq, reason, note }: InputOf<typeof reportMessage>,
  ): Promise<typeof done> {
    await this.#database.transaction(async (db) => {
      const seen = await load(db, caller, id, { kind: 'channel' });
      if (seen === null) throw Refused.notFound();
      const [row] = await db.query<{ id: string }>(
        `insert into chat.report as o (channel_id, seq, reporter_id, reason, note, body)
         select m.channel_id, m.seq, $3, $4, $5, m.body from chat.message m
          where m.channel_id = $1 and m.seq = $2 and m.kind = 'message' and m.deleted_at is null and m.hidden_at is null
         on conflict (channel_id, seq, reporter_id) do update set reason = excluded.reason, note = excluded.note,
           body = excluded.body, at = now(), state = 'open', decided_by = null, decided_at = null
         returning id`,
        [seen.id, seq, caller.id, reason, note],
      );
      if (!row) throw Refused.notFound();
      await audit(db, {
        actorId: caller.id,
        action: 'message.reported',
        resourceId: seen.id,
        detail: { seq, reason },
      });
      await this.#outbox.add(db, 'message-reported', { channelId: seen.uid, seq, reportId: row.id });
    });
    return done;
  }

  async list(caller: Caller, id: string): Promise<{ reports: Report[] }> {
    const { db } = this.#database;
    const seen = await checkAbility(db, caller, id, 'manage', { kind: 'channel' });
    return { reports: await findReports(db, 'o.channel_id = $1', seen.id) };
  }

  /** Of conversations alone: a channel's reports are its managers'. */
  async ofHouse(): Promise<{ reports: Report[] }> {
    const { db } = this.#database;
    return { reports: await findReports(db, `c.kind in ('direct', 'group') and $1::int is not null`, 0) };
  }

  async decide(caller: Caller, { id, reportId, decision }: InputOf<typeof decideReport>): Promise<Report> {
    const seen = await checkAbility(this.#database.db, caller, id, 'manage', { kind: 'channel' });
    return this.#decide(caller, seen, reportId, decision);
  }

  async decideOfHouse(
    caller: Caller,
    { reportId, decision }: InputOf<typeof decideHouseReport>,
  ): Promise<Report> {
    const [place] = await this.#database.db.query<Place>(
      `select c.resource_id::float8 as id, c.uid from chat.report o join chat.channel c on c.resource_id = o.channel_id
        where o.id = $1 and c.kind in ('direct', 'group')`,
      [reportId],
    );
    if (!place) throw Refused.notFound();
    return this.#decide(caller, place, reportId, decision);
  }

  async #decide(
    caller: Caller,
    place: Place,
    reportId: string,
    decision: 'hide' | 'dismiss',
  ): Promise<Report> {
    await this.#changes.write({ channelId: place.id, channelUid: place.uid }, async (log) => {
      const [report] = await log.db.query<{ seq: number }>(
        'select seq::float8 as seq from chat.report where id = $1 and channel_id = $2 for update',
        [reportId, place.id],
      );
      if (!report) throw Refused.notFound();
      if (decision === 'hide') return this.#hide(log, caller, place, report.seq, true);
      await log.db.query(
        `update chat.report set state = 'dismissed', decided_by = $2, decided_at = now() where id = $1`,
        [reportId, caller.id],
      );
      await audit(log.db, {
        actorId: caller.id,
        action: 'message.report-dismissed',
        resourceId: place.id,
        detail: { seq: report.seq },
      });
    });
    const [report] = await findReports(this.#database.db, 'o.id = $1', reportId);
    if (!report) throw Refused.notFound();
    return report;
  }

  /** Hides a message, or shows it again; twice is once. @throws AccessError 'not-allowed', Refused `not-found` */
  async hide(caller: Caller, { id, seq }: InputOf<typeof hideMessage>, hidden: boolean): Promise<Message> {
    const seen = await checkAbility(this.#database.db, caller, id, 'manage', { kind: 'channel' });
    const place = { id: seen.id, uid: seen.uid };
    await this.#changes.write({ channelId: seen.id, channelUid: seen.uid }, (log) =>
      this.#hide(log, caller, place, seq, hidden),
    );
    const [message] = await this.#log.states(place, [seq]);
    if (!message) throw Refused.notFound();
    return message;
  }

  async #hide(log: LogWriter, caller: Caller, place: Place, seq: number, hidden: boolean): Promise<void> {
    const [message] = await log.db.query<{ hidden: boolean }>(
      `select hidden_at is not null as hidden from chat.message
        where channel_id = $1 and seq = $2 and kind = 'message' and deleted_at is null`,
      [place.id, seq],
    );
    if (!message) throw Refused.notFound();
    await log.db.query(
      `update chat.report set state = $3, decided_by = $4, decided_at = now()
        where channel_id = $1 and seq = $2 and state = any($5)`,
      [place.id, seq, hidden ? 'hidden' : 'dismissed', caller.id, [hidden ? 'open' : 'hidden']],
    );
    if (message.hidden === hidden) return;
    await log.db.query(
      'update chat.message set hidden_at = case when $3 then now() end where channel_id = $1 and seq = $2',
      [place.id, seq, hidden],
    );
    await log.change({ seq, actorId: caller.id, why: 'hidden' });
    await audit(log.db, {
      actorId: caller.id,
      action: hidden ? 'message.hidden' : 'message.shown',
      resourceId: place.id,
      detail: { seq },
    });
  }
}
