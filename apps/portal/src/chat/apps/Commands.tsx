'use client';
import { call } from '@parvis/contract/call';
import { createCommand, deleteCommand } from '@parvis/contract/chat-command';
import type { Command } from '@parvis/contract/chat-hook';
import { addressLengthMax, commandWordLengthMax, lineLengthMax } from '@parvis/contract/limits';
import { Button } from '@parvis/ui/Button';
import { TextField } from '@parvis/ui/TextField';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useChannelAct } from '../channel/useChannelAct.ts';
import { AppDialog } from './AppDialog.tsx';
import { Line } from './Line.tsx';

/** Commands that programs answer. */
export function Commands({ channelId, commands }: { channelId: string; commands: readonly Command[] }) {
  const t = useTranslations('chatApps');
  const [adding, setAdding] = useState(false);
  const [word, setWord] = useState('');
  const [hint, setHint] = useState('');
  const [url, setUrl] = useState('https://');
  async function make() {
    const made = await call(createCommand, {
      id: channelId,
      word: word.replace(/^\//, '').toLowerCase(),
      hint,
      url,
    });
    return { label: t('secret'), secret: made.secret, note: t('secretOnce') };
  }
  return (
    <section aria-labelledby="apps-commands">
      <h2 id="apps-commands">{t('commands')}</h2>
      <p className="p-meta">{t('commandsHelp')}</p>
      <ul className="app-list">
        {commands.map((command) => (
          <CommandLine key={command.id} channelId={channelId} command={command} />
        ))}
      </ul>
      <Button onClick={() => setAdding(true)}>{t('commandNew')}</Button>
      {adding && (
        <AppDialog title={t('commandNew')} close={() => setAdding(false)} make={make}>
          <TextField
            label={t('word')}
            help={t('wordHelp')}
            start="/"
            value={word}
            maxLength={commandWordLengthMax}
            required
            autoFocus
            onChange={(event) => setWord(event.target.value)}
          />
          <TextField
            label={t('hint')}
            help={t('hintHelp')}
            value={hint}
            maxLength={lineLengthMax}
            onChange={(event) => setHint(event.target.value)}
          />
          <TextField
            label={t('url')}
            help={t('urlHelp')}
            type="url"
            dir="ltr"
            value={url}
            maxLength={addressLengthMax}
            required
            onChange={(event) => setUrl(event.target.value)}
          />
        </AppDialog>
      )}
    </section>
  );
}

function CommandLine({ channelId, command }: { channelId: string; command: Command }) {
  const t = useTranslations('chatApps');
  const { busy, act } = useChannelAct();
  return (
    <Line
      name={`/${command.word}`}
      facts={
        <>
          {command.hint !== '' && <bdi>{command.hint}</bdi>}
          <bdi dir="ltr" className="app-url">
            {command.url}
          </bdi>
          {command.by !== null && <span>{t('by', { name: command.by.name })}</span>}
        </>
      }
      acts={
        <Button
          size="small"
          kind="danger-quiet"
          busy={busy}
          onClick={() => void act(() => call(deleteCommand, { id: channelId, commandId: command.id }))}
        >
          {t('remove')}
          <span className="p-sr"> /{command.word}</span>
        </Button>
      }
    />
  );
}
