'use client';
import { call } from '@parvis/contract/call';
import { type ChatPolicy, setChatPolicy } from '@parvis/contract/chat-retention';
import { retentionDaysMax } from '@parvis/contract/limits';
import { Button } from '@parvis/ui/Button';
import { Switch } from '@parvis/ui/Choice';
import { TextField } from '@parvis/ui/TextField';
import { toast } from '@parvis/ui/Toast';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useChannelAct } from '../channel/useChannelAct.ts';

/** How long the house keeps messages. An empty field is for ever, and says so. */
export function PolicySection({ policy }: { policy: ChatPolicy }) {
  const t = useTranslations('chatAdmin');
  const { busy, act } = useChannelAct();
  const [days, setDays] = useState(policy.retentionDays === null ? '' : String(policy.retentionDays));
  const [managersChoose, setManagersChoose] = useState(policy.managersChoose);
  function submit(event: FormEvent) {
    event.preventDefault();
    void act(
      () => call(setChatPolicy, { retentionDays: days === '' ? null : Number(days), managersChoose }),
      () => toast(t('saved')),
    );
  }
  return (
    <section aria-labelledby="admin-policy">
      <h2 id="admin-policy">{t('policy')}</h2>
      <form className="p-form" onSubmit={submit}>
        <TextField
          label={t('days')}
          help={t('daysHelp')}
          type="number"
          min={1}
          max={retentionDaysMax}
          value={days}
          onChange={(event) => setDays(event.target.value)}
        />
        <Switch
          label={t('managersChoose')}
          note={t('managersChooseHelp')}
          checked={managersChoose}
          onChange={(event) => setManagersChoose(event.target.checked)}
        />
        <Button type="submit" busy={busy}>
          {t('save')}
        </Button>
      </form>
    </section>
  );
}
