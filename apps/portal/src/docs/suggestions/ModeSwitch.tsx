'use client';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { MenuLater } from '@parvis/ui/MenuLater';
import { Eye, MessageSquareDiff, Pencil, PencilLine } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type Mode, modes } from './useModes.ts';

const icons = { editing: Pencil, suggesting: PencilLine, viewing: Eye };

interface Props {
  mode: Mode;
  onMode: (mode: Mode) => void;
  /** Opens the list of what is suggested. */
  onSuggestions: () => void;
}

/** Whether what one writes is the text, a suggestion, or nothing. */
export function ModeSwitch({ mode, onMode, onSuggestions }: Props) {
  const t = useTranslations('docsSuggestions');
  const label = `${t('mode')} · ${t(`modes.${mode}`)}`;
  return (
    <MenuLater
      align="end"
      label={t('mode')}
      trigger={
        <IconButton label={label} pressed={mode !== 'editing'} data-panel-button="suggestions">
          <Icon of={icons[mode]} />
        </IconButton>
      }
      groups={[
        {
          id: 'mode',
          label: t('mode'),
          choose: 'one',
          selected: [mode],
          onChoose: ([chosen]) => onMode((chosen as Mode | undefined) ?? mode),
          items: modes.map((id) => ({ id, label: t(`modes.${id}`), note: t(`modeHelp.${id}`) })),
        },
        {
          id: 'list',
          label: t('show'),
          items: [
            {
              id: 'show',
              label: t('show'),
              icon: <Icon of={MessageSquareDiff} size="s" />,
              onAction: onSuggestions,
            },
          ],
        },
      ]}
    />
  );
}
