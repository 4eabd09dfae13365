'use client';
import '../scheduled/scheduled.css';
import { call } from '@parvis/contract/call';
import { finishSaved, listSaved, type Saved, saveMessage, unsaveMessage } from '@parvis/contract/chat-saved';
import { reminderDaysMax } from '@parvis/contract/limits';
import { Badge } from '@parvis/ui/Badge';
import { Button } from '@parvis/ui/Button';
import { EmptyState } from '@parvis/ui/EmptyState';
import { exactTime } from '@parvis/ui/format';
import { Seg } from '@parvis/ui/Seg';
import { toast } from '@parvis/ui/Toast';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useProblem } from '../../problems/useProblem.ts';
import { SheetPage } from '../../shell/SheetPage.tsx';
import { Body } from '../message/Body.tsx';
import { zone } from '../when/moments.ts';

const WhenDialog = dynamic(() => import('../when/WhenDialog.tsx').then((part) => part.WhenDialog), {
  ssr: false,
});

type List = 'open' | 'done';
type Act = (what: () => Promise<unknown>) => void;

/** Messages that I saved to come back to, those first whose reminder is due. */
export function SavedPage() {
  const t = useTranslations('chatSaved');
  const problem = useProblem();
  const failed = useRef<(error: unknown) => void>(() => undefined);
  failed.current = (error) => toast(problem(error), { tone: 'bad' });
  const [list, setList] = useState<List>('open');
  const [all, setAll] = useState<readonly Saved[] | null>(null);
  const ask = useCallback(async () => {
    const { saved } = await call(listSaved, { list });
    setAll(saved);
  }, [list]);
  useEffect(() => {
    const look = () => void ask().catch((error: unknown) => failed.current(error));
    look();
    const timer = setInterval(look, 15_000);
    return () => clearInterval(timer);
  }, [ask]);
  async function act(what: () => Promise<unknown>) {
    await what().catch(failed.current);
    await ask().catch(() => undefined);
  }
  return (
    <SheetPage
      title={t('title')}
      back="/messages"
      backOnPhone
      acts={
        <Seg
          label={t('show')}
          value={list}
          onChange={(id) => setList(id as List)}
          options={[
            { id: 'open', label: t('open') },
            { id: 'done', label: t('done') },
          ]}
        />
      }
    >
      <div className="p-scroll chat-later">
        {all?.length === 0 && <EmptyState title={t(`none.${list}`)}>{t('noneHelp')}</EmptyState>}
        <ul aria-label={t('title')}>
          {all?.map((one) => (
            <Line key={`${one.channelId} ${one.seq}`} saved={one} onAct={(what) => void act(what)} />
          ))}
        </ul>
      </div>
    </SheetPage>
  );
}

function Line({ saved, onAct }: { saved: Saved; onAct: Act }) {
  const t = useTranslations('chatSaved');
  const locale = useLocale();
  const { channelId: id, channelTitle, seq, message, remindAt, due, doneAt } = saved;
  return (
    <li className="chat-later-line" data-due={due || undefined}>
      <p className="chat-later-head">
        <bdi className="chat-name">{message.sender.name}</bdi>
        <Link className="p-link" href={`/chat/${id}?m=${seq}`}>
          <bdi>{channelTitle}</bdi>
        </Link>
        {due && <Badge tone="people">{t('due')}</Badge>}
        {remindAt !== null && doneAt === null && (
          <time dateTime={remindAt} suppressHydrationWarning>
            {t('remindsAt', { time: exactTime(remindAt, locale, { timeZone: zone() }) })}
          </time>
        )}
      </p>
      {message.deletedAt === null && !message.hidden ? (
        <Body body={message.body} mentions={message.mentions} />
      ) : (
        <p className="p-meta">{t('gone')}</p>
      )}
      <Acts saved={saved} onAct={onAct} />
    </li>
  );
}

function Acts({ saved, onAct }: { saved: Saved; onAct: Act }) {
  const t = useTranslations('chatSaved');
  const [asking, setAsking] = useState(false);
  const { channelId: id, seq, doneAt } = saved;
  return (
    <div className="chat-later-acts">
      {doneAt === null ? (
        <>
          <Button size="small" onClick={() => onAct(() => call(finishSaved, { id, seq }))}>
            {t('finish')}
          </Button>
          <Button size="small" kind="quiet" onClick={() => setAsking(true)}>
            {t('remind')}
          </Button>
        </>
      ) : (
        <Button size="small" onClick={() => onAct(() => call(saveMessage, { id, seq }))}>
          {t('reopen')}
        </Button>
      )}
      <Button size="small" kind="quiet" onClick={() => onAct(() => call(unsaveMessage, { id, seq }))}>
        {t('remove')}
      </Button>
      {asking && (
        <WhenDialog
          title={t('remind')}
          action={t('remind')}
          open
          onOpenChange={setAsking}
          daysMax={reminderDaysMax}
          onChoose={(at) => onAct(() => call(saveMessage, { id, seq, remindAt: at.toISOString() }))}
        />
      )}
    </div>
  );
}
