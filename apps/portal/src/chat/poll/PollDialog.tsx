'use client';
import './poll.css';
import type { MessageExtras } from '@parvis/contract/chat-entry';
import {
  pollDaysMax,
  pollOptionLengthMax,
  pollQuestionLengthMax,
  pollSizeMax,
  pollSizeMin,
} from '@parvis/contract/limits';
import { Button } from '@parvis/ui/Button';
import { Checkbox } from '@parvis/ui/Choice';
import { Dialog } from '@parvis/ui/Dialog';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { TextField } from '@parvis/ui/TextField';
import { Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { fieldOf, zone } from '../when/moments.ts';

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onAsk: (poll: NonNullable<MessageExtras['poll']>) => void;
}

/** Asks the channel: a question, two choices or more, and how one may answer. */
export function PollDialog({ open, onOpenChange, onAsk }: Props) {
  const t = useTranslations('chatPoll');
  const [question, setQuestion] = useState('');
  const [options, setOptions] = useState<readonly string[]>(['', '']);
  const [multiple, setMultiple] = useState(false);
  const [anonymous, setAnonymous] = useState(false);
  const [end, setEnd] = useState<Date | null>(null);
  const given = options.map((one) => one.trim()).filter((one) => one !== '');
  const ready = question.trim() !== '' && given.length >= pollSizeMin && isGoodEnd(end);
  function ask(close: () => void) {
    onAsk({
      question: question.trim(),
      options: given,
      multiple,
      anonymous,
      closesAt: end?.toISOString() ?? null,
    });
    close();
  }
  return (
    <Dialog
      title={t('new')}
      closeLabel={t('cancel')}
      open={open}
      onOpenChange={onOpenChange}
      actions={(close) => (
        <>
          <Button kind="quiet" onClick={close}>
            {t('cancel')}
          </Button>
          <Button kind="main" disabled={!ready} onClick={() => ask(close)}>
            {t('ask')}
          </Button>
        </>
      )}
    >
      <div className="chat-poll-form">
        <TextField
          label={t('question')}
          value={question}
          maxLength={pollQuestionLengthMax}
          onChange={(event) => setQuestion(event.target.value)}
        />
        <Options options={options} onChange={setOptions} />
        <Checkbox
          checked={multiple}
          onChange={(event) => setMultiple(event.target.checked)}
          label={t('several')}
        />
        <Checkbox
          checked={anonymous}
          onChange={(event) => setAnonymous(event.target.checked)}
          label={t('anonymous')}
        />
        <EndField end={end} onEnd={setEnd} />
      </div>
    </Dialog>
  );
}

/** Whether a poll may end then; null is an open end. */
function isGoodEnd(end: Date | null): boolean {
  if (end === null) return true;
  const aheadMs = end.getTime() - Date.now();
  return aheadMs > 0 && aheadMs < pollDaysMax * 86_400_000;
}

/** When the vote ends by itself, by the clock of this device. */
function EndField({ end, onEnd }: { end: Date | null; onEnd: (end: Date | null) => void }) {
  const t = useTranslations('chatPoll');
  const [now] = useState(() => new Date());
  return (
    <TextField
      label={t('end')}
      help={t('endHelp', { zone: zone() })}
      error={isGoodEnd(end) ? undefined : t('endBad', { count: pollDaysMax })}
      type="datetime-local"
      dir="ltr"
      min={fieldOf(now)}
      onChange={({ target: { value } }) => onEnd(value === '' ? null : new Date(value))}
    />
  );
}

interface OptionsProps {
  options: readonly string[];
  onChange: (options: readonly string[]) => void;
}

function Options({ options, onChange }: OptionsProps) {
  const t = useTranslations('chatPoll');
  const write = (index: number, text: string) =>
    onChange(options.map((one, place) => (place === index ? text : one)));
  return (
    <>
      {options.map((option, index) => (
        <div key={index} className="chat-poll-line">
          <TextField
            label={t('option', { nr: index + 1 })}
            value={option}
            maxLength={pollOptionLengthMax}
            onChange={(event) => write(index, event.target.value)}
          />
          {options.length > pollSizeMin && (
            <IconButton
              label={t('removeOption', { nr: index + 1 })}
              onClick={() => onChange(options.filter((_, place) => place !== index))}
            >
              <Icon of={X} size="s" />
            </IconButton>
          )}
        </div>
      ))}
      {options.length < pollSizeMax && (
        <Button kind="quiet" icon={<Icon of={Plus} size="s" />} onClick={() => onChange([...options, ''])}>
          {t('addOption')}
        </Button>
      )}
    </>
  );
}
