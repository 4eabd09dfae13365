'use client';
import { call } from '@parvis/contract/call';
import {
  createIncomingHook,
  deleteIncomingHook,
  type IncomingHook,
  renewIncomingHook,
} from '@parvis/contract/chat-hook';
import { nameLengthMax } from '@parvis/contract/limits';
import { Button } from '@parvis/ui/Button';
import { TextField } from '@parvis/ui/TextField';
import dynamic from 'next/dynamic';
import { useFormatter, useNow, useTranslations } from 'next-intl';
import { useState } from 'react';
import { useChannelAct } from '../channel/useChannelAct.ts';
import { AppDialog } from './AppDialog.tsx';
import { Line } from './Line.tsx';

const Told = dynamic(() => import('./Told.tsx').then((part) => part.Told), { ssr: false });

/** Addresses to which programs post. */
export function Incoming({ channelId, hooks }: { channelId: string; hooks: readonly IncomingHook[] }) {
  const t = useTranslations('chatApps');
  const [adding, setAdding] = useState(false);
  const [name, setName] = useState('');
  const told = (path: string) => ({
    label: t('address'),
    secret: location.origin + path,
    note: t('addressOnce'),
  });
  return (
    <section aria-labelledby="apps-in">
      <h2 id="apps-in">{t('incoming')}</h2>
      <p className="p-meta">{t('incomingHelp')}</p>
      <ul className="app-list">
        {hooks.map((hook) => (
          <IncomingLine key={hook.id} channelId={channelId} hook={hook} />
        ))}
      </ul>
      <Button onClick={() => setAdding(true)}>{t('incomingNew')}</Button>
      {adding && (
        <AppDialog
          title={t('incomingNew')}
          close={() => setAdding(false)}
          make={async () => told((await call(createIncomingHook, { id: channelId, name })).path)}
        >
          <TextField
            label={t('name')}
            help={t('incomingNameHelp')}
            value={name}
            maxLength={nameLengthMax}
            required
            autoFocus
            onChange={(event) => setName(event.target.value)}
          />
        </AppDialog>
      )}
    </section>
  );
}

function IncomingLine({ channelId, hook }: { channelId: string; hook: IncomingHook }) {
  const t = useTranslations('chatApps');
  const format = useFormatter();
  const now = useNow();
  const { busy, act } = useChannelAct();
  const [path, setPath] = useState<string | null>(null);
  const of = { id: channelId, hookId: hook.id };
  return (
    <Line
      name={hook.name}
      facts={
        <>
          <span>{t('count', { count: hook.count })}</span>
          <span>
            {hook.usedAt === null
              ? t('neverUsed')
              : t('usedAt', { when: format.relativeTime(new Date(hook.usedAt), now) })}
          </span>
          {hook.by !== null && <span>{t('by', { name: hook.by.name })}</span>}
        </>
      }
      acts={
        <>
          <Button
            size="small"
            busy={busy}
            onClick={() => void act(async () => setPath((await call(renewIncomingHook, of)).path))}
          >
            {t('renew')}
            <span className="p-sr"> {hook.name}</span>
          </Button>
          <Button
            size="small"
            kind="danger-quiet"
            busy={busy}
            onClick={() => void act(() => call(deleteIncomingHook, of))}
          >
            {t('remove')}
            <span className="p-sr"> {hook.name}</span>
          </Button>
        </>
      }
    >
      {path !== null && (
        <Told
          title={hook.name}
          label={t('address')}
          secret={location.origin + path}
          note={t('addressOnce')}
          close={() => setPath(null)}
        />
      )}
    </Line>
  );
}
