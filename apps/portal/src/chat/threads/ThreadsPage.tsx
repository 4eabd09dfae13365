import { listMyThreads } from '@parvis/contract/chat-thread';
import { getTranslations } from 'next-intl/server';
import { askOrLeave } from '../../ask.ts';
import { SheetPage } from '../../shell/SheetPage.tsx';
import { readTexts } from '../message/given.ts';
import { ThreadList } from './ThreadList.tsx';

/** The inbox of threads: those that this person follows, with something new first. */
export async function ThreadsPage() {
  const [t, page] = await Promise.all([getTranslations('chatThreads'), askOrLeave(listMyThreads, {})]);
  return (
    <SheetPage title={t('title')}>
      <ThreadList first={page} texts={page.threads.map(({ root, latest }) => readTexts([root, ...latest]))} />
    </SheetPage>
  );
}
