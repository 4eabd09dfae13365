import { listMyThreads } from '@parvis/contract/chat-thread';
import { getTranslations } from 'next-intl/server';
import { askOrLeave } from '../../ask.ts';
import { readTexts } from '../message/given.ts';
import { ThreadList } from './ThreadList.tsx';

/** The inbox of threads: those that this person follows, with something new first. */
export async function ThreadsPage() {
  const [t, page] = await Promise.all([getTranslations('chatThreads'), askOrLeave(listMyThreads, {})]);
  return (
    <div className="p-sheet">
      <main className="p-main" id="main" tabIndex={-1}>
        <header className="p-bar">
          <div className="p-bar-title">
            <h1>{t('title')}</h1>
          </div>
        </header>
        <ThreadList
          first={page}
          texts={page.threads.map(({ root, latest }) => readTexts([root, ...latest]))}
        />
      </main>
    </div>
  );
}
