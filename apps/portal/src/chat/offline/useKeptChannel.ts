'use client';
import type { Channel } from '@parvis/contract/chat';
import { useEffect, useState } from 'react';
import { filesOfPage } from '../../docs/offline/useKeptPage.ts';
import type { ChannelPage, ChannelState } from '../channel-state.ts';
import type { ConnectionState } from '../connection.ts';
import { keepPage, keptPage } from '../outbox.ts';

/** Milliseconds of rest after which the end of a channel is kept, and before the page itself is. */
const restMs = 1_500;
const pageAfterMs = 4_000;
/** Milliseconds without a connection after which what is kept is shown. */
const patienceMs = 1_500;

/**
 * Keeps the end of a channel in this browser while it is read, and shows it where there is no network. Answers the
 * moment of which the messages are, when they are not those of now.
 */
export function useKeptChannel(
  channel: Channel,
  personId: string,
  state: ChannelState,
  connection: ConnectionState,
  show: (page: ChannelPage) => void,
): Date | null {
  const [asOf, setAsOf] = useState<Date | null>(null);
  const { messages, notices, cursor, older, newer } = state;
  useEffect(() => {
    if (connection !== 'open' || newer) return;
    setAsOf(null);
    const page = { messages, notices, lastSeq: cursor, older, newer };
    const place = `${personId}/${channel.id}`;
    const timer = setTimeout(
      () => void keepPage({ place, personId, page, at: Date.now() }).catch(() => undefined),
      restMs,
    );
    return () => clearTimeout(timer);
  }, [channel.id, personId, messages, notices, cursor, older, newer, connection]);

  useEffect(() => {
    if (connection === 'open' || connection === 'ended') return;
    let late = false;
    const look = async () => {
      const known = await keptPage(personId, channel.id);
      if (late || known === undefined) return;
      setAsOf(new Date(known.at));
      show(known.page);
    };
    const timer = setTimeout(() => void look().catch(() => undefined), patienceMs);
    return () => {
      late = true;
      clearTimeout(timer);
    };
  }, [channel.id, personId, connection, show]);

  const open = connection === 'open';
  const { id, title } = channel;
  useEffect(() => {
    if (!open || !('serviceWorker' in navigator)) return;
    const day = new Date().toISOString().slice(0, 10);
    const ask = ({ active }: ServiceWorkerRegistration) =>
      active?.postMessage({ keep: `/chat/${id}`, version: `${day} ${title}`, files: filesOfPage() });
    const timer = setTimeout(() => void navigator.serviceWorker.ready.then(ask), pageAfterMs);
    return () => clearTimeout(timer);
  }, [open, id, title]);
  return asOf;
}
