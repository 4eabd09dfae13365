'use client';
import { call } from '@parvis/contract/call';
import type { Message } from '@parvis/contract/chat-entry';
import { listRevisions } from '@parvis/contract/chat-message';
import { Dialog } from '@parvis/ui/Dialog';
import { exactTime } from '@parvis/ui/format';
import { SkeletonLines } from '@parvis/ui/Skeleton';
import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Body } from './Body.tsx';

type Revision = { readonly body: string; readonly until: string };

/** What a message said before it was edited: every version, the present one first. */
export function HistoryDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const t = useTranslations('chatMessage');
  const shell = useTranslations('shell');
  const locale = useLocale();
  const timeZone = useTimeZone();
  const [revisions, setRevisions] = useState<readonly Revision[] | 'failed' | null>(null);
  const { channelId, seq, changedSeq } = message;
  useEffect(() => {
    const stop = new AbortController();
    call(listRevisions, { id: channelId, seq }, { signal: stop.signal }).then(
      (found) => setRevisions(found.revisions.toReversed()),
      () => stop.signal.aborted || setRevisions('failed'),
    );
    return () => stop.abort();
  }, [channelId, seq, changedSeq]);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('versions')}
      closeLabel={shell('close')}
    >
      {revisions === null && <SkeletonLines label={shell('loading')} faces={false} />}
      {revisions === 'failed' && <p>{t('versionsFailed')}</p>}
      {Array.isArray(revisions) && (
        <ol className="chat-history">
          <li>
            <p className="p-meta">{t('versionNow')}</p>
            <Body body={message.body} mentions={message.mentions} />
          </li>
          {revisions.map(({ body, until }: Revision) => (
            <li key={until}>
              <p className="p-meta">{t('versionUntil', { time: exactTime(until, locale, { timeZone }) })}</p>
              <Body body={body} />
            </li>
          ))}
        </ol>
      )}
    </Dialog>
  );
}
