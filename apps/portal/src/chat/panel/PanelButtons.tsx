'use client';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { useTranslations } from 'next-intl';
import { panels } from './panels.tsx';
import type { OpenPanel, ShowPanel } from './usePanel.ts';

/** The buttons of the bar that open and close the panels. */
export function PanelButtons({ open, show }: { open: OpenPanel | null; show: ShowPanel }) {
  const t = useTranslations('chatPanel');
  return panels
    .filter((panel) => panel.inBar)
    .map((panel) => (
      <IconButton
        key={panel.id}
        label={t(`titles.${panel.id}`)}
        pressed={open?.panel.id === panel.id}
        tipAlign="end"
        onClick={() => show(open?.panel.id === panel.id ? null : panel.id)}
      >
        <Icon of={panel.icon} />
      </IconButton>
    ));
}
