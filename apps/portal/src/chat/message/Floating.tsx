'use client';
import type { Message } from '@parvis/contract/chat-entry';
import { Icon } from '@parvis/ui/Icon';
import { type MenuGroup, MenuPopover } from '@parvis/ui/Menu';
import { PopoverAt } from '@parvis/ui/Popover';
import { Sheet } from '@parvis/ui/Sheet';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { EmojiText } from '../../emoji/EmojiText.tsx';
import { recentSigns } from '../emoji/chosen.ts';
import { EmojiPicker } from '../emoji/EmojiPicker.tsx';
import { actsFor, type MessageAct } from './acts.ts';
import type { Here } from './here.ts';
import { shownKey } from './keys.ts';

/** Signs offered at once on a phone. */
const quickSigns = 6;
const groups = ['answer', 'keep', 'own', 'care'] as const;

export type FloatingKind = 'menu' | 'sheet' | 'pick';

interface Props {
  kind: FloatingKind;
  message: Message;
  here: Here;
  /** What it opens beside. */
  at: HTMLElement;
  onClose: () => void;
}

/** What opens beside a message: its menu (from the foot of the screen on phones), or the picker of signs. */
export function Floating(props: Props) {
  const { kind, message, here, at, onClose } = props;
  const t = useTranslations('chatMessage');
  const triggerRef = useMemo(() => ({ current: at }), [at]);
  const mine = (emoji: string) =>
    message.reactions.some((one) => one.emoji === emoji && one.people.includes(here.me.id));
  if (kind === 'sheet') return <PhoneSheet {...props} isMine={mine} />;
  if (kind === 'menu') return <MessageMenu {...props} />;
  return (
    <PopoverAt
      triggerRef={triggerRef}
      open
      onOpenChange={(open) => !open && onClose()}
      label={t('acts.react')}
      align="end"
      bare
    >
      <EmojiPicker
        onPick={(emoji) => {
          onClose();
          here.react(message, emoji, !mine(emoji));
        }}
      />
    </PopoverAt>
  );
}

function MessageMenu({ message, here, at, onClose }: Props) {
  const say = useTranslations();
  const triggerRef = useMemo(() => ({ current: at }), [at]);
  const possible = actsFor(message, here);
  const shown = groups.flatMap((group): MenuGroup[] => {
    const items = possible
      .filter((act) => act.group === group)
      .map((act) => ({
        id: act.id,
        label: say(act.words),
        icon: <Icon of={act.icon} size="s" />,
        ...(act.keys?.[0] === undefined ? {} : { shortcut: shownKey(act.keys[0]) }),
        ...(act.danger && { danger: true }),
        onAction: () => act.act(message, here),
      }));
    return items.length > 0 ? [{ id: group, label: say(`chatMessage.groups.${group}`), items }] : [];
  });
  return (
    <MenuPopover
      triggerRef={triggerRef}
      open
      onOpenChange={(open) => !open && onClose()}
      label={say('chatMessage.more')}
      groups={shown}
      align="end"
    />
  );
}

function PhoneSheet({ message, here, onClose, isMine }: Props & { isMine: (emoji: string) => boolean }) {
  const say = useTranslations();
  const run = (act: MessageAct) => {
    onClose();
    act.act(message, here);
  };
  const possible = actsFor(message, here);
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      side="bottom"
      title={say('chatMessage.more')}
      closeLabel={say('shell.close')}
    >
      {possible.some(({ id }) => id === 'react') && (
        <div className="chat-sheet-signs">
          {recentSigns()
            .slice(0, quickSigns)
            .map((emoji) => (
              <button
                key={emoji}
                type="button"
                aria-pressed={isMine(emoji)}
                onClick={() => {
                  onClose();
                  here.react(message, emoji, !isMine(emoji));
                }}
              >
                {emoji.startsWith(':') ? <EmojiText text={emoji} /> : emoji}
              </button>
            ))}
        </div>
      )}
      <ul className="chat-sheet">
        {possible.map((act) => (
          <li key={act.id}>
            <button type="button" data-danger={act.danger} onClick={() => run(act)}>
              <Icon of={act.icon} />
              {say(act.words)}
            </button>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
