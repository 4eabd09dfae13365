import { watchIdle } from '../presence/idle.ts';
import { tellPresence, watchWith } from '../presence/live-presence.ts';
import { notifyLine } from './line.ts';
import { tellAlerts, tellInbox } from './live-inbox.ts';

/**
 * Follows what is this person's own as long as the tab is open: the count at the bell, what may be heard, and who of the
 * people on the page is here.
 */
export function followInbox(): () => void {
  let idle = false;
  let unwatch: () => void = () => undefined;
  const leave = notifyLine.listen({
    hear: (hearing) => {
      if (hearing.t === 'ready') {
        tellInbox(hearing.unread);
        if (idle) notifyLine.say({ t: 'idle', idle });
        unwatch = watchWith((people) => notifyLine.say({ t: 'watch', people }));
      }
      if (hearing.t === 'presence') tellPresence(hearing.people);
      if (hearing.t !== 'inbox') return;
      tellInbox(hearing.unread, hearing.fresh);
      const heard = new Set(hearing.alert);
      const loud = hearing.fresh.filter(({ id }) => heard.has(id));
      if (loud.length > 0) tellAlerts(loud);
    },
  });
  const stopIdle = watchIdle((now) => {
    idle = now;
    notifyLine.say({ t: 'idle', idle });
  });
  return () => {
    stopIdle();
    unwatch();
    leave();
    tellInbox(null);
  };
}
