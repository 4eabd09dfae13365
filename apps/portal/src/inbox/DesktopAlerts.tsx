'use client';
import type { InboxItem } from '@parvis/contract/notify';
import { useRouter } from 'next/navigation';
import { useEffect, useEffectEvent } from 'react';
import { hearAlerts } from './live-inbox.ts';
import { useInboxWords } from './useInboxWords.ts';
import { wayOf } from './way.ts';

/** Notices of the operating system at a time; more would be a wall. */
const alertsMax = 3;

/**
 * Shows what came in as notices of the operating system, while nobody looks at this page and if the person allowed it.
 * They say who and where, never what. Several pages of one browser show the same notice once: its tag is the line.
 */
export function DesktopAlerts() {
  const router = useRouter();
  const words = useInboxWords();
  const show = useEffectEvent((items: readonly InboxItem[]) => {
    if (!('Notification' in window) || Notification.permission !== 'granted' || document.hasFocus()) return;
    for (const item of items.slice(0, alertsMax)) {
      const notice = new Notification(item.thing?.title ?? 'Parvis', {
        body: words(item),
        tag: item.id,
        icon: '/icons/parvis-192.png',
      });
      notice.onclick = () => {
        window.focus();
        router.push(wayOf(item) ?? '/inbox');
        notice.close();
      };
    }
  });
  useEffect(() => hearAlerts((items) => show(items)), []);
  return null;
}
