'use client';
import './threads.css';
import { call } from '@parvis/contract/call';
import { listMyThreads, markThreadRead, type MyThread } from '@parvis/contract/chat-thread';
import type { OutputOf } from '@parvis/contract/operation';
import { Button } from '@parvis/ui/Button';
import { EmptyState } from '@parvis/ui/EmptyState';
import { useTranslations } from 'next-intl';
import { useCallback, useEffect, useState } from 'react';
import type { Block } from '../message/tree.ts';
import { whenThreadsChange } from './follow-threads.ts';
import { ThreadCard } from './ThreadCard.tsx';

type Page = OutputOf<typeof listMyThreads>;

/** The list as it is now: asked for again, in one go, when somebody answers somewhere. */
function useThreads(first: Page) {
  const [page, setPage] = useState(first);
  const reload = useCallback(async () => {
    setPage(await call(listMyThreads, {}));
  }, []);
  useEffect(() => whenThreadsChange(reload), [reload]);
  const more = useCallback(async () => {
    const next = await call(listMyThreads, { skip: page.threads.length });
    setPage({
      threads: [...page.threads, ...next.threads],
      channels: [...page.channels, ...next.channels],
      more: next.more,
    });
  }, [page]);
  return { page, reload, more };
}

/** The threads that a person follows, the unread first; each leads beside its channel. */
export function ThreadList({ first, texts }: { first: Page; texts: readonly Record<number, Block[]>[] }) {
  const t = useTranslations('chatThreads');
  const { page, reload, more } = useThreads(first);
  const [busy, setBusy] = useState(false);
  const unread = page.threads.filter((one) => one.unread > 0);
  const given = new Map(first.threads.map((thread, index) => [keyOf(thread), texts[index]]));
  async function readAll() {
    setBusy(true);
    await Promise.allSettled(
      unread.map(({ channelId, threadSeq, latest }) =>
        call(markThreadRead, { id: channelId, seq: threadSeq, upTo: latest.at(-1)?.seq ?? threadSeq }),
      ),
    );
    await reload().catch(() => undefined);
    setBusy(false);
  }
  if (page.threads.length === 0)
    return (
      <div className="p-scroll p-centre">
        <EmptyState title={t('none')}>{t('noneHelp')}</EmptyState>
      </div>
    );
  return (
    <div className="p-scroll">
      <div className="chat-threads">
        {unread.length > 0 && (
          <div className="chat-threads-head">
            <p className="p-meta">{t('unreadThreads', { count: unread.length })}</p>
            <Button kind="quiet" size="small" busy={busy} onClick={() => void readAll()}>
              {t('readAll')}
            </Button>
          </div>
        )}
        <ul>
          {page.threads.map((thread) => (
            <ThreadCard
              key={keyOf(thread)}
              thread={thread}
              channel={page.channels.find(({ id }) => id === thread.channelId)}
              given={given.get(keyOf(thread))}
            />
          ))}
        </ul>
        {page.more && (
          <Button kind="quiet" onClick={() => void more().catch(() => undefined)}>
            {t('more')}
          </Button>
        )}
      </div>
    </div>
  );
}

const keyOf = ({ channelId, threadSeq }: MyThread) => `${channelId} ${threadSeq}`;
