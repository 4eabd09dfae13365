'use client';
import './poll.css';
import type { MessageExtras } from '@parvis/contract/chat-entry';
import {
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
  const given = options.map((one) => one.trim()).filter((one) => one !== '');
  const ready = question.trim() !== '' && given.length >= pollSizeMin;
  function ask(close: () => void) {
    onAsk({ question: question.trim(), options: given, multiple, anonymous, closesAt: null });
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
      </div>
    </Dialog>
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
