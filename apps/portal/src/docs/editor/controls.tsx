'use client';
import { SideMenuController } from '@blocknote/react';
import { useLocale } from 'next-intl';

/** What floats about the text of somebody who may write; each control is a line here. */
export function EditorControls() {
  const rtl = useLocale() === 'ar';
  return (
    <SideMenuController
      floatingUIOptions={{ useFloatingOptions: { placement: rtl ? 'right-start' : 'left-start' } }}
    />
  );
}
