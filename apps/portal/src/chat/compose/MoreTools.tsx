'use client';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { MenuLater } from '@parvis/ui/MenuLater';
import { CalendarClock, ChartBar, Mic, Paperclip, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useRef } from 'react';

interface Props {
  inThread: boolean;
  onFiles: (files: readonly File[]) => void;
  onTool: (tool: 'poll' | 'voice' | 'later') => void;
}

/** What goes with a message besides its text: files by one press, the rest in a menu. */
export function MoreTools({ inThread, onFiles, onTool }: Props) {
  const t = useTranslations('chatCompose');
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t('tool.attach')}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      <IconButton
        label={t('tool.attach')}
        tipSide="top"
        tipAlign="start"
        onClick={() => input.current?.click()}
      >
        <Icon of={Paperclip} />
      </IconButton>
      <MenuLater
        label={t('tool.more')}
        trigger={
          <IconButton label={t('tool.more')} tipSide="top">
            <Icon of={Plus} />
          </IconButton>
        }
        groups={[
          {
            id: 'tools',
            label: t('tool.more'),
            items: [
              {
                id: 'voice',
                label: t('tool.voice'),
                icon: <Icon of={Mic} size="s" />,
                onAction: () => onTool('voice'),
              },
              ...(inThread
                ? []
                : [
                    {
                      id: 'poll',
                      label: t('tool.poll'),
                      icon: <Icon of={ChartBar} size="s" />,
                      onAction: () => onTool('poll'),
                    },
                  ]),
              {
                id: 'later',
                label: t('tool.later'),
                icon: <Icon of={CalendarClock} size="s" />,
                onAction: () => onTool('later'),
              },
            ],
          },
        ]}
      />
    </>
  );
}
