'use client';
import { reactions } from '@parvis/contract/meet-room';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { Menu, type MenuAction, type MenuGroup } from '@parvis/ui/Menu';
import { Ellipsis } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useNarrow } from './useNarrow.ts';
import type { useActs } from './useActs.ts';

interface Props {
  acts: ReturnType<typeof useActs>;
  layout: 'grid' | 'speaker';
  light: boolean;
  organiser: boolean;
  locked: boolean;
  inHouse: boolean;
  canPip: boolean;
  link: string | null;
  /** What may be asked of the scribe. */
  scribe: readonly MenuAction[];
  /** What was chosen, by its name in this menu. */
  onChoose: (id: MoreChoice) => void;
}

export type MoreChoice =
  | 'layout'
  | 'full'
  | 'pip'
  | 'notes'
  | 'board'
  | 'settings'
  | 'light'
  | 'keys'
  | 'copy'
  | 'muteAll'
  | 'lock'
  | 'breakouts'
  | 'end';

/** Whether this browser can show a screen to others; those of phones cannot. */
export const canShow = () => 'getDisplayMedia' in (navigator.mediaDevices ?? {});

/** What is asked for less often. On a phone also what has no place in the bar. */
export function More({ acts, layout, light, organiser, locked, onChoose, ...has }: Props) {
  const t = useTranslations('meetRoom');
  const line = (id: MoreChoice, label: string, more: Partial<MenuAction> = {}): MenuAction => ({
    id,
    label,
    onAction: () => onChoose(id),
    ...more,
  });
  const narrow = useNarrow();
  const view: MenuAction[] = [
    line('layout', t(layout === 'grid' ? 'toSpeaker' : 'toGrid'), { shortcut: 'L' }),
    ...(document.fullscreenEnabled ? [line('full', t('full'), { shortcut: 'F' })] : []),
    ...(has.canPip ? [line('pip', t('pip'))] : []),
    ...(narrow && has.inHouse ? [line('notes', t('notes')), line('board', t('board'))] : []),
  ];
  const phone: MenuAction[] = narrow
    ? [
        ...(canShow() ? [{ id: 'screen', label: t('screenOn'), onAction: acts.screen }] : []),
        {
          id: 'reactions',
          label: t('reactions'),
          items: reactions.map((sign) => ({
            id: sign,
            label: `${sign} ${t(`reaction.${sign}`)}`,
            onAction: () => acts.react(sign),
          })),
        },
      ]
    : [];
  const groups: MenuGroup[] = [
    { id: 'view', label: t('view'), items: [...phone, ...view] },
    {
      id: 'mine',
      label: t('forMe'),
      items: [
        line('settings', t('settings')),
        line('light', t(light ? 'lightOff' : 'lightOn'), { note: t('lightNote') }),
        line('keys', t('keys'), { shortcut: '?' }),
        ...(has.link === null ? [] : [line('copy', t('copyLink'))]),
      ],
    },
    ...(has.scribe.length > 0 ? [{ id: 'scribe', label: t('words'), items: has.scribe }] : []),
    ...(organiser
      ? [
          {
            id: 'all',
            label: t('forAll'),
            items: [
              line('muteAll', t('muteAll')),
              line('lock', t(locked ? 'unlock' : 'lock')),
              line('breakouts', t('breakouts')),
              line('end', t('endForAll'), { danger: true }),
            ],
          },
        ]
      : []),
  ];
  return (
    <Menu
      label={t('more')}
      groups={groups}
      trigger={
        <IconButton label={t('more')} tipSide="top">
          <Icon of={Ellipsis} />
        </IconButton>
      }
    />
  );
}
