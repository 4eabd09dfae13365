'use client';
import './scheduled.css';
import { call } from '@parvis/contract/call';
import {
  cancelScheduled,
  changeScheduled,
  listScheduled,
  type Scheduled,
  sendScheduledNow,
} from '@parvis/contract/chat-scheduled';
import { scheduledDaysMax } from '@parvis/contract/limits';
import { Button } from '@parvis/ui/Button';
import { EmptyState } from '@parvis/ui/EmptyState';
import { exactTime } from '@parvis/ui/format';
import { toast } from '@parvis/ui/Toast';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useProblem } from '../../problems/useProblem.ts';
import { SheetPage } from '../../shell/SheetPage.tsx';
import { Composer } from '../compose/Composer.tsx';
import { Body } from '../message/Body.tsx';
import { zone } from '../when/moments.ts';

const WhenDialog = dynamic(() => import('../when/WhenDialog.tsx').then((part) => part.WhenDialog), {
  ssr: false,
});

/** Messages of mine that wait for their time: their text, their time, send now, throw away. */
export function ScheduledPage() {
  const t = useTranslations('chatScheduled');
  const problem = useProblem();
  const failed = useRef<(error: unknown) => void>(() => undefined);
  failed.current = (error) => toast(problem(error), { tone: 'bad' });
  const [all, setAll] = useState<readonly Scheduled[] | null>(null);
  const ask = useCallback(async () => {
    const { scheduled } = await call(listScheduled, {});
    setAll(scheduled);
  }, []);
  useEffect(() => {
    const look = () => void ask().catch((error: unknown) => failed.current(error));
    look();
    const timer = setInterval(look, 30_000);
    return () => clearInterval(timer);
  }, [ask]);
  async function act(what: () => Promise<unknown>) {
    await what().catch(failed.current);
    await ask().catch(() => undefined);
  }
  return (
    <SheetPage title={t('title')} back="/messages" backOnPhone>
      <div className="p-scroll chat-later">
        {all?.length === 0 && <EmptyState title={t('none')}>{t('noneHelp')}</EmptyState>}
        <ul aria-label={t('title')}>
          {all?.map((one) => (
            <Line key={one.id} scheduled={one} onAct={(what) => void act(what)} />
          ))}
        </ul>
      </div>
    </SheetPage>
  );
}

function Line(props: { scheduled: Scheduled; onAct: (what: () => Promise<unknown>) => void }) {
  const { scheduled, onAct } = props;
  const t = useTranslations('chatScheduled');
  const problems = useTranslations('problems');
  const locale = useLocale();
  const [editing, setEditing] = useState(false);
  const [moving, setMoving] = useState(false);
  const { id: scheduledId, channelId, channelTitle, body, sendAt, failed } = scheduled;
  const time = exactTime(sendAt, locale, { timeZone: zone() });
  return (
    <li className="chat-later-line">
      <p className="chat-later-head">
        <Link className="p-link" href={`/chat/${channelId}`}>
          <bdi>{channelTitle}</bdi>
        </Link>
        <time dateTime={sendAt} suppressHydrationWarning>
          {time}
        </time>
      </p>
      {failed !== null && (
        <p className="chat-later-failed" role="alert">
          {t('failed')} {problems.has(failed) ? problems(failed) : problems('internal')}
        </p>
      )}
      {editing ? (
        <Composer
          channelId={channelId}
          label={t('edit')}
          initial={body}
          editing
          focused
          onCancel={() => setEditing(false)}
          onSend={(next) => {
            setEditing(false);
            onAct(() => call(changeScheduled, { scheduledId, body: next }));
          }}
        />
      ) : (
        <Body body={body} />
      )}
      <div className="chat-later-acts">
        <Button size="small" onClick={() => onAct(() => call(sendScheduledNow, { scheduledId }))}>
          {t('sendNow')}
        </Button>
        <Button size="small" kind="quiet" onClick={() => setEditing(true)}>
          {t('edit')}
        </Button>
        <Button size="small" kind="quiet" onClick={() => setMoving(true)}>
          {t('move')}
        </Button>
        <Button size="small" kind="quiet" onClick={() => onAct(() => call(cancelScheduled, { scheduledId }))}>
          {t('drop')}
        </Button>
      </div>
      {moving && (
        <WhenDialog
          title={t('move')}
          action={t('save')}
          open
          onOpenChange={setMoving}
          initial={new Date(sendAt)}
          daysMax={scheduledDaysMax}
          onChoose={(at) => onAct(() => call(changeScheduled, { scheduledId, sendAt: at.toISOString() }))}
        />
      )}
    </li>
  );
}
