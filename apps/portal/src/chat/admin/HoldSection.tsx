'use client';
import { call } from '@parvis/contract/call';
import { type Hold, listHolds, placeHold, releaseHold } from '@parvis/contract/chat-retention';
import { lineLengthMax } from '@parvis/contract/limits';
import { Badge } from '@parvis/ui/Badge';
import { Button } from '@parvis/ui/Button';
import { TextField } from '@parvis/ui/TextField';
import { useFormatter, useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useChannelAct } from '../channel/useChannelAct.ts';
import { type Picked, WhatPicker } from './WhatPicker.tsx';

/** Legal holds: what stands, and the way to place and to release one. */
export function HoldSection({ holds: first }: { holds: readonly Hold[] }) {
  const t = useTranslations('chatAdmin');
  const format = useFormatter();
  const { busy, act } = useChannelAct();
  const [holds, setHolds] = useState(first);
  const [picked, setPicked] = useState<Picked | null>(null);
  const [reason, setReason] = useState('');
  const again = async () => setHolds((await call(listHolds, {})).holds);
  function submit(event: FormEvent) {
    event.preventDefault();
    if (picked === null) return;
    const what = picked.kind === 'channel' ? { heldChannelId: picked.id } : { heldPersonId: picked.id };
    void act(async () => {
      await call(placeHold, { ...what, reason });
      await again();
      setPicked(null);
      setReason('');
    });
  }
  return (
    <section aria-labelledby="admin-holds">
      <h2 id="admin-holds">{t('holds')}</h2>
      <p className="p-meta">{t('holdsHelp')}</p>
      <form className="p-form" onSubmit={submit}>
        <WhatPicker picked={picked} onPick={setPicked} />
        <TextField
          label={t('holdReason')}
          value={reason}
          maxLength={lineLengthMax}
          required
          onChange={(event) => setReason(event.target.value)}
        />
        <Button type="submit" busy={busy} aria-disabled={picked === null}>
          {t('place')}
        </Button>
      </form>
      <ul className="p-lines">
        {holds.map((hold) => (
          <li key={hold.id}>
            <span className="chat-admin-line">
              <bdi className="p-strong">{hold.channel?.title ?? hold.person?.name ?? t('erased')}</bdi>
              <span className="p-meta">
                <bdi>{hold.reason}</bdi> ·{' '}
                {t('placed', {
                  name: hold.placedBy?.name ?? t('erased'),
                  date: format.dateTime(new Date(hold.placedAt), { dateStyle: 'medium' }),
                })}
              </span>
            </span>
            {hold.releasedAt === null ? (
              <Button
                kind="quiet"
                disabled={busy}
                onClick={() => void act(() => call(releaseHold, { holdId: hold.id }).then(again))}
              >
                {t('release')}
                <span className="p-sr"> {hold.channel?.title ?? hold.person?.name}</span>
              </Button>
            ) : (
              <Badge>{t('released')}</Badge>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
