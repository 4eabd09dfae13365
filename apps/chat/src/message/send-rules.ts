import { Injectable } from '@nestjs/common';
import { atLeast } from '@parvis/access/roles';
import type { Message, MessageExtras } from '@parvis/contract/chat-entry';
import type { Caller } from '@parvis/server/caller';
import { AccessChanges } from '@parvis/server/changes';
import { Refused } from '@parvis/server/refused';
import { type Right, Rights } from '../live/rights.ts';
import { SlowMode } from './slow-mode.ts';

/** What became of a send: its position (the old one if it had been stored before), or why not. */
export type SendResult =
  /** `message` is null when it is to be read from the log: it carries more than its text, or was changed since. */
  { seq: number; right: Right; message: Message | null } | { refused: Refused };

export interface Send extends MessageExtras {
  readonly caller: Caller;
  readonly channelUid: string;
  readonly clientId: string;
  readonly body: string;
  /** Through what it comes, when nobody typed it; never said by a client. */
  readonly via?: NonNullable<Message['via']>;
  /** Called once, after the commit. */
  readonly done: (result: SendResult) => void;
}

export interface Allowed {
  readonly send: Send;
  readonly right: Right;
}

/** Why the holder of this right may not write in its channel, or null. */
function refusalFor(right: Right | undefined): Refused | null {
  if (right === undefined) return Refused.notFound();
  if (right.archived) return Refused.conflict('channel-archived');
  if (right.silenced) return Refused.notAllowed('chat-silenced');
  if (right.channelKind === 'announcements') {
    return atLeast(right.role, 'manager') ? null : Refused.notAllowed('read-only-channel');
  }
  return atLeast(right.role, 'commenter') ? null : Refused.notAllowed();
}

/** Who may send: asked for a whole batch at once, and mostly remembered. */
@Injectable()
export class SendRules {
  constructor(
    private readonly changes: AccessChanges,
    private readonly rights: Rights,
    private readonly slow: SlowMode,
  ) {}

  /** Answers those who may not send, and gives the others with the right they hold now. */
  async allow(batch: readonly Send[]): Promise<Allowed[]> {
    await this.changes.settled();
    const missing = new Map<number, { caller: Caller; uids: Set<string> }>();
    for (const { caller, channelUid } of batch) {
      if (this.rights.peek(caller.id, channelUid)) continue;
      const of = missing.get(caller.id) ?? { caller, uids: new Set<string>() };
      of.uids.add(channelUid);
      missing.set(caller.id, of);
    }
    const asked = new Map<string, Right>();
    for (const { caller, uids } of missing.values()) {
      for (const [uid, right] of await this.rights.of(caller, [...uids]))
        asked.set(`${caller.id} ${uid}`, right);
    }
    const allowed: Allowed[] = [];
    const refusals: [Send, Refused][] = [];
    for (const send of batch) {
      const right =
        asked.get(`${send.caller.id} ${send.channelUid}`) ??
        this.rights.peek(send.caller.id, send.channelUid);
      let refused = refusalFor(right);
      if (refused === null && right !== undefined && right.slowSeconds > 0)
        refused = await this.slow.refusalFor(send, right);
      if (refused) refusals.push([send, refused]);
      else allowed.push({ send, right: right as Right });
    }
    for (const [send, refused] of refusals) send.done({ refused });
    return allowed;
  }
}
