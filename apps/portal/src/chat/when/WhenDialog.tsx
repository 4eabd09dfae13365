'use client';
import './when.css';
import { Button } from '@parvis/ui/Button';
import { Dialog } from '@parvis/ui/Dialog';
import { exactTime } from '@parvis/ui/format';
import { TextField } from '@parvis/ui/TextField';
import { useLocale, useNow, useTranslations } from 'next-intl';
import { useState } from 'react';
import { fieldOf, laterMoments, zone } from './moments.ts';

interface Props {
  title: string;
  action: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onChoose: (at: Date) => void;
  initial?: Date;
  /** Days ahead that may be chosen. */
  daysMax: number;
  /** One more choice: none at all. */
  none?: { label: string; onChoose: () => void };
}

/** Asks for a moment to come: one press for the usual ones, or a day and an hour. Says whose clock is meant. */
export function WhenDialog(props: Props) {
  const t = useTranslations('chatWhen');
  const [now] = useState(() => new Date());
  const [text, setText] = useState(() => fieldOf(props.initial ?? new Date(now.getTime() + 3_600_000)));
  const at = new Date(text);
  const aheadMs = at.getTime() - useNow({ updateInterval: 10_000 }).getTime();
  const good = aheadMs > 0 && aheadMs < props.daysMax * 86_400_000;
  return (
    <Dialog
      title={props.title}
      closeLabel={t('cancel')}
      open={props.open}
      onOpenChange={props.onOpenChange}
      actions={(close) => (
        <>
          <Button kind="quiet" onClick={close}>
            {t('cancel')}
          </Button>
          <Button
            kind="main"
            disabled={!good}
            onClick={() => {
              props.onChoose(at);
              close();
            }}
          >
            {props.action}
          </Button>
        </>
      )}
    >
      {(close) => (
        <div className="chat-when">
          <Usual {...props} now={now} close={close} />
          <TextField
            label={t('other')}
            type="datetime-local"
            dir="ltr"
            value={text}
            min={fieldOf(now)}
            help={t('zone', { zone: zone() })}
            error={good ? undefined : t('past')}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
      )}
    </Dialog>
  );
}

/** The choices of one press. */
function Usual({ none, onChoose, now, close }: Props & { now: Date; close: () => void }) {
  const t = useTranslations('chatWhen');
  const locale = useLocale();
  return (
    <>
      {none && (
        <Button
          wide
          onClick={() => {
            none.onChoose();
            close();
          }}
        >
          {none.label}
        </Button>
      )}
      {laterMoments(now).map(({ id, at }) => (
        <Button
          key={id}
          wide
          onClick={() => {
            onChoose(at);
            close();
          }}
        >
          <span>{t(`moments.${id}`)}</span>
          <span className="p-meta">{exactTime(at, locale, { timeZone: zone() })}</span>
        </Button>
      ))}
    </>
  );
}
