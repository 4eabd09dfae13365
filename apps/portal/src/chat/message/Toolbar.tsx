'use client';
import type { Message } from '@parvis/contract/chat-entry';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { Ellipsis } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { actsFor } from './acts.ts';
import type { Here } from './here.ts';
import { shownKey } from './keys.ts';

interface Props {
  message: Message;
  here: Here;
  stops: boolean;
  onMore: () => void;
}

/** What is done most, above the message that is pointed at or has the focus; the rest is in its menu. */
export function Toolbar({ message, here, stops, onMore }: Props) {
  const say = useTranslations();
  const tabIndex = stops ? undefined : -1;
  return (
    <div className="chat-toolbar" role="group" aria-label={say('chatMessage.toolbar')}>
      {actsFor(message, here)
        .filter(({ quick }) => quick)
        .map((act) => (
          <IconButton
            key={act.id}
            label={say(act.words)}
            shortcut={act.keys?.[0] && shownKey(act.keys[0])}
            tipSide="top"
            tipAlign="end"
            tabIndex={tabIndex}
            onClick={() => act.act(message, here)}
          >
            <Icon of={act.icon} size="s" />
          </IconButton>
        ))}
      <IconButton
        label={say('chatMessage.more')}
        tipSide="top"
        tipAlign="end"
        tabIndex={tabIndex}
        data-more
        aria-haspopup="menu"
        onClick={onMore}
      >
        <Icon of={Ellipsis} size="s" />
      </IconButton>
    </div>
  );
}
