import type { ChatHearing } from '@parvis/contract/chat';
import { forget, keptAnywhere, noteRefused, type Outgoing } from '../outbox.ts';
import { tabLine } from '../tab-line.ts';

/** One tab at a time goes through what waits, so that the order of writing is the order of sending. */
const lockName = 'parvis-chat-outbox';
/** Milliseconds after which a send is tried again that the server had no room for. */
const againMs = 3_000;
/** Codes that say "later", not "no". */
const laterCodes = new Set(['unavailable', 'too-many-requests', 'slow-mode']);

export function isLater(code: string): boolean {
  return laterCodes.has(code);
}

/** Says one message on the line; answers whether the line was open. The client id makes saying it twice harmless. */
export function sayOutgoing({ channelId, clientId, body, extras }: Outgoing): boolean {
  return tabLine.say({ t: 'send', channelId, clientId, body, ...extras });
}

/**
 * Sends what this person wrote in any channel and was not stored, as long as a tab is open: after each connection, and
 * again where the server had no room. What was refused for good waits for its writer.
 */
export function startSender(personId: string): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = async () => {
    const sendAll = async () => {
      for (const outgoing of await keptAnywhere(personId))
        if (outgoing.refused === undefined && !sayOutgoing(outgoing)) return;
    };
    if ('locks' in navigator) await navigator.locks.request(lockName, sendAll);
    else await sendAll();
  };
  const hear = (hearing: ChatHearing) => {
    if (hearing.t === 'ready') void flush().catch(() => undefined);
    else if (hearing.t === 'stored') void forget(hearing.clientId).catch(() => undefined);
    else if (hearing.t === 'refused' && hearing.clientId !== undefined) {
      if (!isLater(hearing.code)) void noteRefused(hearing.clientId, hearing.code).catch(() => undefined);
      else timer ??= setTimeout(() => ((timer = undefined), void flush().catch(() => undefined)), againMs);
    }
  };
  const leave = tabLine.listen({ hear });
  return () => {
    clearTimeout(timer);
    leave();
  };
}
