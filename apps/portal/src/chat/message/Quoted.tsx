'use client';
import type { Message } from '@parvis/contract/chat-entry';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { blocksOf } from './reading.ts';
import { wordsOf } from './tree.ts';

/** Characters of the quoted text that stand above what is being written. */
const shownLengthMax = 120;

/** Above the field: what the message that is being written quotes. */
export function Quoted({ message, onDrop }: { message: Message; onDrop: () => void }) {
  const t = useTranslations('chatMessage');
  return (
    <div className="chat-quoted">
      <div className="chat-quote">
        <p className="p-meta">{t('quoting', { name: message.sender.name })}</p>
        <p className="p-cut" dir="auto">
          {wordsOf(blocksOf(message.body), shownLengthMax)}
        </p>
      </div>
      <IconButton label={t('noQuote')} tipAlign="end" tipSide="top" onClick={onDrop}>
        <Icon of={X} size="s" />
      </IconButton>
    </div>
  );
}
