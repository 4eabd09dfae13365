'use client';
import { heard } from '@parvis/contract/hearing';
import { type MeetHearing, meetHearings, type MeetSaying, meetPath } from '@parvis/contract/meet-lobby';
import { useEffect, useRef } from 'react';

/** Milliseconds before the first and the longest wait between two attempts, and between two pings. */
const retryMsMin = 500;
const retryMsMax = 10_000;
const pingMs = 20_000;

/**
 * Hears what is told of a meeting outside of its room: its state, who waits, and where somebody at the door stands.
 * Opened again by itself after a cut; each opening begins with everything as it is now.
 * @param id of the meeting; null: nothing is heard
 * @param pass of a guest without an account
 */
export function useLine(id: string | null, pass: string | undefined, hear: (hearing: MeetHearing) => void) {
  const latest = useRef(hear);
  latest.current = hear;
  useEffect(() => {
    if (id === null) return;
    let stopped = false;
    let socket: WebSocket | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let retryMs = retryMsMin;
    const say = (saying: MeetSaying) => socket?.send(JSON.stringify(saying));
    function open() {
      const line = new WebSocket(
        `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${meetPath}/${id}`,
      );
      socket = line;
      let pinging: ReturnType<typeof setInterval> | undefined;
      line.onopen = () => {
        if (pass !== undefined) say({ t: 'pass', pass });
        pinging = setInterval(() => say({ t: 'ping' }), pingMs);
      };
      line.onmessage = (event) => {
        retryMs = retryMsMin;
        const hearing = heard<MeetHearing>(meetHearings, String(event.data));
        if (hearing) latest.current(hearing);
      };
      line.onclose = (event) => {
        clearInterval(pinging);
        // 4401 and 4404: no session, or not for this person. Coming back would only be refused again.
        if (stopped || event.code === 4401 || event.code === 4404) return;
        timer = setTimeout(open, retryMs * (0.5 + Math.random()));
        retryMs = Math.min(retryMsMax, retryMs * 2);
      };
    }
    open();
    return () => {
      stopped = true;
      clearTimeout(timer);
      socket?.close(1000);
    };
  }, [id, pass]);
}
