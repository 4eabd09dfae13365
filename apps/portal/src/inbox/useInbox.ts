'use client';
import { call } from '@parvis/contract/call';
import { type InboxItem, type InboxShow, listInbox, markInbox } from '@parvis/contract/notify';
import type { GivenTo, OutputOf } from '@parvis/contract/operation';
import { toast } from '@parvis/ui/Toast';
import { useCallback, useState } from 'react';
import { useProblem } from '../problems/useProblem.ts';
import { tellInbox, useInboxNews } from './live-inbox.ts';

export type Mark = GivenTo<typeof markInbox>['as'];

function marked(item: InboxItem, as: Mark): InboxItem {
  if (as === 'done') return { ...item, done: true, read: true };
  if (as === 'open') return { ...item, done: false };
  return as === 'read' ? { ...item, read: true } : { ...item, read: false, done: false };
}

/** The lines of one view of the inbox, as they are now on all screens; what one does here is seen at once. */
export function useInbox(show: InboxShow, page: OutputOf<typeof listInbox>) {
  const problem = useProblem();
  const [items, setItems] = useState<readonly InboxItem[]>(page.items);
  const [more, setMore] = useState(page.more);

  /** Asks again: what was marked on another screen is marked here, what came in is there. */
  const refresh = useCallback(() => {
    call(listInbox, { show }).then(
      (next) => {
        setItems(next.items);
        setMore(next.more);
      },
      () => undefined,
    );
  }, [show]);
  useInboxNews(refresh);

  async function mark(as: Mark, ids?: string[]) {
    const before = items;
    setItems(items.map((one) => (ids === undefined || ids.includes(one.id) ? marked(one, as) : one)));
    try {
      const { unread } = await call(markInbox, { as, ...(ids ? { ids } : {}) });
      tellInbox(unread);
    } catch (error) {
      setItems(before);
      toast(problem(error), { tone: 'bad' });
    }
  }
  async function older() {
    const last = items.at(-1);
    if (last === undefined) return;
    try {
      const next = await call(listInbox, { show, before: last.id });
      setItems([...items, ...next.items]);
      setMore(next.more);
    } catch (error) {
      toast(problem(error), { tone: 'bad' });
    }
  }
  return { items, more, mark, older };
}
