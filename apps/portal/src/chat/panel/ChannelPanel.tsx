'use client';
import './panel.css';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { SplitHandle } from '@parvis/ui/SplitView';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { sideWidth, useSideWidth } from '../../shell/useSideWidth.ts';
import type { PanelProps } from './panels.tsx';
import type { OpenPanel } from './usePanel.ts';

interface Props extends Omit<PanelProps, 'about'> {
  open: OpenPanel;
  onClose: () => void;
}

/** The panel beside a channel. Escape closes it; the focus then returns to what opened it. */
export function ChannelPanel({ open, onClose, ...given }: Props) {
  const t = useTranslations('chatPanel');
  const { panel, about } = open;
  const heading = useRef<HTMLHeadingElement>(null);
  const openedBy = useRef<Element | null>(null);
  const { now, change } = useSideWidth('parvis-chat-panel');
  useEffect(() => {
    // An address that names a panel opens it without taking the focus: only a press does.
    const from = document.activeElement;
    if (from === null || from === document.body) return;
    openedBy.current = from;
    if (!heading.current?.closest('aside')?.contains(from)) heading.current?.focus();
  }, [panel.id, about]);
  function close() {
    onClose();
    const from = openedBy.current;
    if (from instanceof HTMLElement && from.isConnected) from.focus();
    else document.querySelector<HTMLElement>('.chat-compose :is(textarea, [contenteditable])')?.focus();
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.stopPropagation();
    close();
  }
  const title = t(`titles.${panel.id}`);
  const body = <panel.Body {...given} about={about} />;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape leaves the whole panel
    <aside className="p-side chat-panel" aria-label={title} onKeyDown={onKeyDown}>
      <SplitHandle label={t('width')} value={now} {...sideWidth} pane="end" onChange={change} />
      <header>
        <h2 ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <IconButton label={t('close')} tipAlign="end" onClick={close}>
          <Icon of={X} />
        </IconButton>
      </header>
      {panel.whole ? body : <div className="p-scroll">{body}</div>}
    </aside>
  );
}
