import { Injectable } from '@nestjs/common';
import type { Db } from '@parvis/access/db';
import { Outbox } from '@parvis/server/outbox';

/** Topic of the outbox, heard by every process that has a socket open to the meeting. */
export const changedTopic = 'meeting-changed';

/** Says, when and only when the caller's transaction commits, that something of a meeting is not as it was. */
@Injectable()
export class Changed {
  constructor(private readonly outbox: Outbox) {}

  say(db: Db, meetingUid: string): Promise<void> {
    return this.outbox.add(db, changedTopic, { meetingId: meetingUid });
  }

  /** The same of what is kept of it. */
  sayKept(db: Db, meetingUid: string): Promise<void> {
    return this.outbox.add(db, changedTopic, { meetingId: meetingUid, kept: true });
  }
}
