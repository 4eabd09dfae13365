'use client';
import { call } from '@parvis/contract/call';
import { chatExportPath } from '@parvis/contract/content-path';
import {
  type ChatExport,
  dropChatExport,
  listChatExports,
  startChatExport,
} from '@parvis/contract/chat-retention';
import { lineLengthMax } from '@parvis/contract/limits';
import { Badge } from '@parvis/ui/Badge';
import { Button, LinkButton } from '@parvis/ui/Button';
import { fileSize } from '@parvis/ui/format';
import { TextField } from '@parvis/ui/TextField';
import { useLocale, useTranslations } from 'next-intl';
import { type FormEvent, useEffect, useState } from 'react';
import { useChannelAct } from '../channel/useChannelAct.ts';
import { type Picked, WhatPicker } from './WhatPicker.tsx';

/** Milliseconds between two looks at exports under way. */
const lookMs = 1_500;
const underWay = ({ state }: ChatExport) => state === 'waiting' || state === 'running';

/** Exports for legal discovery: asked for with a reason, taken as a zip, dropped. */
export function ExportSection({ exports: first }: { exports: readonly ChatExport[] }) {
  const t = useTranslations('chatAdmin');
  const { busy, act } = useChannelAct();
  const [exports, setExports] = useState(first);
  const [picked, setPicked] = useState<Picked | null>(null);
  const [reason, setReason] = useState('');
  const again = async () => setExports((await call(listChatExports, {})).exports);
  const waits = exports.some(underWay);
  useEffect(() => {
    if (!waits) return;
    const timer = setInterval(() => void again().catch(() => undefined), lookMs);
    return () => clearInterval(timer);
  }, [waits]);
  function submit(event: FormEvent) {
    event.preventDefault();
    if (picked === null) return;
    const what = picked.kind === 'channel' ? { heldChannelIds: [picked.id] } : { heldPersonId: picked.id };
    void act(async () => {
      await call(startChatExport, { ...what, reason });
      await again();
      setPicked(null);
      setReason('');
    });
  }
  return (
    <section aria-labelledby="admin-exports">
      <h2 id="admin-exports">{t('exports')}</h2>
      <p className="p-meta">{t('exportsHelp')}</p>
      <form className="p-form" onSubmit={submit}>
        <WhatPicker picked={picked} onPick={setPicked} />
        <TextField
          label={t('exportReason')}
          value={reason}
          maxLength={lineLengthMax}
          required
          onChange={(event) => setReason(event.target.value)}
        />
        <Button type="submit" busy={busy} aria-disabled={picked === null}>
          {t('start')}
        </Button>
      </form>
      <ul className="p-lines">
        {exports.map((one) => (
          <ExportLine
            key={one.id}
            one={one}
            busy={busy}
            onDrop={() => void act(() => call(dropChatExport, { exportId: one.id }).then(again))}
          />
        ))}
      </ul>
    </section>
  );
}

function ExportLine({ one, busy, onDrop }: { one: ChatExport; busy: boolean; onDrop: () => void }) {
  const t = useTranslations('chatAdmin');
  const locale = useLocale();
  const name = one.person?.name ?? one.channels.map(({ title }) => title).join(', ');
  return (
    <li>
      <span className="chat-admin-line">
        <bdi className="p-strong">{name}</bdi>
        <span className="p-meta">
          <bdi>{one.reason}</bdi> · {one.askedBy?.name ?? t('erased')}
          {one.bytes !== null && ` · ${fileSize(one.bytes, locale)}`}
        </span>
      </span>
      {one.state !== 'done' && (
        <Badge tone={one.state === 'failed' ? 'bad' : 'wait'}>{t(`states.${one.state}`)}</Badge>
      )}
      {one.state === 'done' && (
        <LinkButton href={chatExportPath(one.id)} download>
          {t('take')}
          <span className="p-sr"> {name}</span>
        </LinkButton>
      )}
      <Button kind="quiet" disabled={busy} onClick={onDrop}>
        {t('drop')}
        <span className="p-sr"> {name}</span>
      </Button>
    </li>
  );
}
