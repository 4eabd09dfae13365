'use client';
import { type Bot, type BotScope, createBotToken } from '@parvis/contract/bot';
import { call } from '@parvis/contract/call';
import { nameLengthMax } from '@parvis/contract/limits';
import { scopes } from '@parvis/contract/operation';
import { Checkbox } from '@parvis/ui/Choice';
import { Select } from '@parvis/ui/Select';
import { TextField } from '@parvis/ui/TextField';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { AppDialog } from '../chat/apps/AppDialog.tsx';

/** Days until a token's end that are offered; `0` is none. */
const dayChoices = ['30', '90', '365', '0'] as const;
const dayMs = 86_400_000;

/** Chooses what a token is for and until when, and shows it once. */
export function NewToken({ bot, close }: { bot: Bot; close: () => void }) {
  const t = useTranslations('bots');
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<readonly BotScope[]>(['chat:read', 'chat:write']);
  const [days, setDays] = useState<string>('90');
  async function make() {
    const expiresAt = days === '0' ? null : new Date(Date.now() + Number(days) * dayMs).toISOString();
    const { token } = await call(createBotToken, { id: bot.id, name, scopes: [...chosen], expiresAt });
    return { label: t('token'), secret: token, note: t('tokenOnce') };
  }
  return (
    <AppDialog title={t('newTokenOf', { name: bot.name })} close={close} make={make}>
      <TextField
        label={t('tokenName')}
        help={t('tokenNameHelp')}
        value={name}
        maxLength={nameLengthMax}
        required
        autoFocus
        onChange={(event) => setName(event.target.value)}
      />
      <fieldset className="app-events">
        <legend>{t('scopes')}</legend>
        {scopes.map((scope) => (
          <Checkbox
            key={scope}
            label={t(`scope.${scope.replace(':', '-') as 'chat-read'}`)}
            checked={chosen.includes(scope)}
            onChange={({ target }) =>
              setChosen(target.checked ? [...chosen, scope] : chosen.filter((one) => one !== scope))
            }
          />
        ))}
      </fieldset>
      <Select
        label={t('end')}
        value={days}
        onChange={setDays}
        options={dayChoices.map((id) => ({
          id,
          label: id === '0' ? t('noEnd') : t('days', { count: Number(id) }),
        }))}
      />
    </AppDialog>
  );
}
