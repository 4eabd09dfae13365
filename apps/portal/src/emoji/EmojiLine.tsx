'use client';
import { call } from '@parvis/contract/call';
import { type CustomEmoji, removeEmoji } from '@parvis/contract/chat-emoji';
import { Button } from '@parvis/ui/Button';
import { useTranslations } from 'next-intl';
import { Line } from '../chat/apps/Line.tsx';
import { useChannelAct } from '../chat/channel/useChannelAct.ts';

/** One emoji, with its name and who added it. */
export function EmojiLine({ emoji, mayRemove }: { emoji: CustomEmoji; mayRemove: boolean }) {
  const t = useTranslations('emoji');
  const { busy, act } = useChannelAct();
  return (
    <Line
      name={
        <>
          <img className="app-emoji" src={emoji.picture} alt="" /> :{emoji.name}:
        </>
      }
      facts={emoji.by !== null && <span>{t('by', { name: emoji.by.name })}</span>}
      acts={
        mayRemove && (
          <Button
            size="small"
            kind="danger-quiet"
            busy={busy}
            onClick={() => void act(() => call(removeEmoji, { emojiId: emoji.id }))}
          >
            {t('remove')}
            <span className="p-sr"> {emoji.name}</span>
          </Button>
        )
      }
    />
  );
}
