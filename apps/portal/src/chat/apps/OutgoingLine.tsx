'use client';
import { call } from '@parvis/contract/call';
import {
  changeOutgoingHook,
  deleteOutgoingHook,
  type OutgoingHook,
  renewHookSecret,
  testOutgoingHook,
} from '@parvis/contract/chat-hook';
import { Badge } from '@parvis/ui/Badge';
import { Button } from '@parvis/ui/Button';
import { toast } from '@parvis/ui/Toast';
import dynamic from 'next/dynamic';
import { useFormatter, useNow, useTranslations } from 'next-intl';
import { useState } from 'react';
import { useChannelAct } from '../channel/useChannelAct.ts';
import { Line } from './Line.tsx';

const Told = dynamic(() => import('./Told.tsx').then((part) => part.Told), { ssr: false });

const DeliveryLog = dynamic(() => import('./DeliveryLog.tsx').then((part) => part.DeliveryLog), {
  ssr: false,
});

/** One webhook that is told of things: whether it takes them, and what it was told. */
export function OutgoingLine({ channelId, hook }: { channelId: string; hook: OutgoingHook }) {
  const t = useTranslations('chatApps');
  const [secret, setSecret] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  return (
    <Line
      name={hook.name}
      badges={<State hook={hook} />}
      facts={<Facts hook={hook} />}
      acts={<Acts channelId={channelId} hook={hook} onLog={() => setOpen(true)} onSecret={setSecret} />}
    >
      {open && <DeliveryLog channelId={channelId} hook={hook} close={() => setOpen(false)} />}
      {secret !== null && (
        <Told
          title={hook.name}
          label={t('secret')}
          secret={secret}
          note={t('secretRenewed')}
          close={() => setSecret(null)}
        />
      )}
    </Line>
  );
}

interface ActsProps {
  channelId: string;
  hook: OutgoingHook;
  onLog: () => void;
  onSecret: (secret: string) => void;
}

function Acts({ channelId, hook, onLog, onSecret }: ActsProps) {
  const t = useTranslations('chatApps');
  const { busy, act } = useChannelAct();
  const of = { id: channelId, hookId: hook.id };
  const isOn = hook.state === 'on';
  const button = (words: string, onClick: () => void, kind?: 'danger-quiet') => (
    <Button size="small" busy={busy} onClick={onClick} {...(kind && { kind })}>
      {words}
      <span className="p-sr"> {hook.name}</span>
    </Button>
  );
  const sendTest = () =>
    act(
      () => call(testOutgoingHook, of),
      () => toast(t('tested')),
    );
  return (
    <>
      {button(t('log'), onLog)}
      {isOn && button(t('test'), () => void sendTest())}
      {button(
        t(isOn ? 'switchOff' : 'switchOn'),
        () => void act(() => call(changeOutgoingHook, { ...of, on: !isOn })),
      )}
      {button(
        t('renewSecret'),
        () => void act(async () => onSecret((await call(renewHookSecret, of)).secret)),
      )}
      {button(t('remove'), () => void act(() => call(deleteOutgoingHook, of)), 'danger-quiet')}
    </>
  );
}

function State({ hook }: { hook: OutgoingHook }) {
  const t = useTranslations('chatApps');
  if (hook.state !== 'on')
    return <Badge tone={hook.state === 'disabled' ? 'bad' : 'plain'}>{t(hook.state)}</Badge>;
  return hook.failingSince === null ? (
    <Badge tone="good">{t('on')}</Badge>
  ) : (
    <Badge tone="wait">{t('failing')}</Badge>
  );
}

function Facts({ hook }: { hook: OutgoingHook }) {
  const t = useTranslations('chatApps');
  const format = useFormatter();
  const now = useNow();
  return (
    <>
      <bdi dir="ltr" className="app-url">
        {hook.url}
      </bdi>
      <span>{format.list(hook.events.map((event) => t(`event.${event}`)))}</span>
      {hook.wholeSpace && <span>{t('wholeSpace')}</span>}
      {hook.waiting > 0 && <span>{t('waiting', { count: hook.waiting })}</span>}
      {hook.failingSince !== null && (
        <span>{t('failingSince', { when: format.relativeTime(new Date(hook.failingSince), now) })}</span>
      )}
      {hook.by !== null && <span>{t('by', { name: hook.by.name })}</span>}
    </>
  );
}
