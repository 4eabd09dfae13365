'use client';
import './status.css';
import { call } from '@parvis/contract/call';
import { setStatus, type Status } from '@parvis/contract/presence';
import { Button } from '@parvis/ui/Button';
import { Dialog } from '@parvis/ui/Dialog';
import { Seg } from '@parvis/ui/Seg';
import { TextField } from '@parvis/ui/TextField';
import { toast } from '@parvis/ui/Toast';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useProblem } from '../problems/useProblem.ts';
import { usePresence } from './live-presence.ts';

const signs = ['💬', '📅', '🌴', '🏠', '🚆', '🤒'] as const;
const ends = ['never', 'hour', 'evening', 'week'] as const;
type End = (typeof ends)[number];
const hourMs = 3_600_000;
const eveningHour = 19;

function endOf(end: End): string | null {
  const now = new Date();
  if (end === 'never') return null;
  if (end === 'hour') return new Date(now.getTime() + hourMs).toISOString();
  if (end === 'week') return new Date(now.getTime() + 7 * 24 * hourMs).toISOString();
  const evening = new Date(now);
  evening.setHours(eveningHour, 0, 0, 0);
  return (evening > now ? evening : new Date(now.getTime() + hourMs)).toISOString();
}

/** What I say of myself, for those who see me. */
export function StatusDialog({ personId, onClose }: { personId: string; onClose: () => void }) {
  const t = useTranslations('presence');
  const problem = useProblem();
  const now = usePresence(personId)?.status;
  const [emoji, setEmoji] = useState<string>(now?.emoji || '💬');
  const [text, setText] = useState(now?.text ?? '');
  const [end, setEnd] = useState<End>('never');
  async function keep(status: Status | null) {
    try {
      await call(setStatus, { status });
      onClose();
    } catch (error) {
      toast(problem(error), { tone: 'bad' });
    }
  }
  return (
    <Dialog
      title={t('status')}
      closeLabel={t('cancel')}
      open
      onOpenChange={(open) => !open && onClose()}
      actions={
        <>
          {now && (
            <Button kind="quiet" onClick={() => void keep(null)}>
              {t('clear')}
            </Button>
          )}
          <Button kind="main" onClick={() => void keep({ emoji, text, until: endOf(end) })}>
            {t('save')}
          </Button>
        </>
      }
    >
      <div className="status-fields">
        <Seg
          label={t('emoji')}
          options={signs.map((id) => ({ id, label: id }))}
          value={emoji}
          onChange={setEmoji}
        />
        <TextField
          label={t('text')}
          placeholder={t('suggest')}
          maxLength={100}
          dir="auto"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Seg
          label={t('until')}
          options={ends.map((id) => ({ id, label: t(`ends.${id}`) }))}
          value={end}
          onChange={(id) => setEnd(id as End)}
        />
      </div>
    </Dialog>
  );
}
