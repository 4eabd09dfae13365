import { call } from '@parvis/contract/call';
import { type ChatHearing, listUnread } from '@parvis/contract/chat';
import { tabLine } from '../tab-line.ts';
import { tellThreads } from './live-threads.ts';

/** Milliseconds in which what happens in threads is gathered before their number is asked for. */
const gatherMs = 800;

/** Whether what was heard may change which threads have something new. */
function isOfThreads(hearing: ChatHearing): boolean {
  if (hearing.t === 'thread') return true;
  return (
    hearing.t === 'entries' &&
    hearing.entries.some((entry) => entry.kind !== 'notice' && entry.message.threadSeq !== null)
  );
}

/** Acts once after each stretch in which something was heard of threads; begins with each new connection. */
export function whenThreadsChange(act: () => Promise<void>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const leave = tabLine.listen({
    hear(hearing) {
      if (hearing.t !== 'ready' && !isOfThreads(hearing)) return;
      clearTimeout(timer);
      timer = setTimeout(() => void act().catch(() => undefined), gatherMs);
    },
  });
  return () => {
    clearTimeout(timer);
    leave();
  };
}

/** Follows in how many threads something is new, as long as the tab is open. */
export function followThreads(): () => void {
  return whenThreadsChange(async () => {
    const { threads } = await call(listUnread, {});
    tellThreads(threads.unread);
  });
}
