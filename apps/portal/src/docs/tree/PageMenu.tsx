'use client';
import type { Page } from '@parvis/contract/doc-list';
import { MenuPopover } from '@parvis/ui/Menu';
import { useTranslations } from 'next-intl';
import { type RefObject, useState } from 'react';
import { usePageActions } from './usePageActions.tsx';

interface Props {
  page: Page;
  /** The line that it belongs to. */
  anchor: RefObject<HTMLElement | null>;
  onClose: () => void;
}

/** The menu of a line of the tree, and the dialog that one of its actions opens. */
export function PageMenu({ page, anchor, onClose }: Props) {
  const t = useTranslations('docsTree');
  const [open, setOpen] = useState(true);
  const { groups, dialog, asking } = usePageActions(page, { onDone: onClose });
  return (
    <>
      <MenuPopover
        triggerRef={anchor}
        open={open}
        onOpenChange={(to) => {
          setOpen(to);
          if (!to && !asking) setTimeout(() => anchor.current?.focus());
        }}
        label={t('actionsOf', { title: page.title })}
        groups={groups}
      />
      {dialog}
    </>
  );
}
