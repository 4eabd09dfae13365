import { call } from '@parvis/contract/call';
import { heard } from '@parvis/contract/hearing';
import { getMeeting, type Meeting } from '@parvis/contract/meet';
import { type MeetHearing, meetHearings, type MeetSaying, meetPath } from '@parvis/contract/meet-lobby';

/** Milliseconds between two pings, and before a lost connection is opened again. */
const pingMs = 20_000;
const againMs = 4_000;
/** Meetings that are over stay as they are: asked for once by this tab. */
const over = new Map<string, Meeting>();

/**
 * Tells of a meeting as it is now, and again whenever it changes until it is over; null when this person may not see it.
 * Returns the way to stop.
 */
export function followMeeting(id: string, tell: (meeting: Meeting | null) => void): () => void {
  let socket: WebSocket | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let beat: ReturnType<typeof setInterval> | undefined;
  let stopped = false;
  const stop = () => {
    stopped = true;
    clearTimeout(timer);
    clearInterval(beat);
    socket?.close(1000);
  };
  const take = (meeting: Meeting) => {
    if (stopped) return;
    tell(meeting);
    if (meeting.endedAt === null) return;
    over.set(id, meeting);
    stop();
  };
  const listen = () => {
    socket = new WebSocket(
      `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${meetPath}/${id}`,
    );
    socket.onmessage = ({ data }) => {
      const hearing = heard<MeetHearing>(meetHearings, String(data));
      if (hearing?.t === 'state') take(hearing.meeting);
    };
    socket.onclose = () => {
      if (!stopped) timer = setTimeout(() => void begin(), againMs);
    };
    clearInterval(beat);
    beat = setInterval(() => {
      const ping: MeetSaying = { t: 'ping' };
      if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(ping));
    }, pingMs);
  };
  /** Asks first: most meetings in a channel's past are over, and need no connection. */
  const begin = async () => {
    const meeting = over.get(id) ?? (await call(getMeeting, { id }).catch(() => null));
    if (stopped) return;
    if (meeting === null) return tell(null);
    take(meeting);
    if (meeting.endedAt === null) listen();
  };
  void begin();
  return stop;
}
