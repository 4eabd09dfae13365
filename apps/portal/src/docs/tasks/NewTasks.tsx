'use client';
import type { InboxItem } from '@parvis/contract/notify';
import { useRouter } from 'next/navigation';
import { useCallback } from 'react';
import { useInboxNews } from '../../inbox/live-inbox.ts';

/** Asks for the page again when somebody gives this person a task: it may stand in a document that is not on it yet. */
export function NewTasks() {
  const router = useRouter();
  useInboxNews(
    useCallback(
      (fresh: readonly InboxItem[]) => {
        if (fresh.some(({ kind }) => kind === 'assigned')) router.refresh();
      },
      [router],
    ),
  );
  return null;
}
