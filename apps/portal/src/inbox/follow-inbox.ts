import { notifyLine } from './line.ts';
import { tellAlerts, tellInbox } from './live-inbox.ts';

/** Follows this person's inbox as long as the tab is open: the count at the bell, and what may be heard. */
export function followInbox(): () => void {
  const leave = notifyLine.listen({
    hear: (hearing) => {
      if (hearing.t === 'ready') tellInbox(hearing.unread);
      if (hearing.t !== 'inbox') return;
      tellInbox(hearing.unread, hearing.fresh);
      const heard = new Set(hearing.alert);
      const loud = hearing.fresh.filter(({ id }) => heard.has(id));
      if (loud.length > 0) tellAlerts(loud);
    },
  });
  return () => {
    leave();
    tellInbox(null);
  };
}
