import './inbox.css';
import { InboxShow, listInbox } from '@parvis/contract/notify';
import { Icon } from '@parvis/ui/Icon';
import { Settings2 } from 'lucide-react';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { askOrLeave } from '../ask.ts';
import { InboxList } from './InboxList.tsx';

/** Everything that this person is to hear of, in one place. */
export async function InboxPage({ searchParams }: { searchParams: Promise<{ show?: string }> }) {
  const asked = InboxShow.safeParse((await searchParams).show);
  const show = asked.success ? asked.data : 'open';
  const [t, page] = await Promise.all([getTranslations('inbox'), askOrLeave(listInbox, { show })]);
  return (
    <div className="p-sheet">
      <main className="p-main" id="main" tabIndex={-1}>
        <header className="p-bar">
          <div className="p-bar-title">
            <h1>{t('title')}</h1>
          </div>
          <Link className="p-btn" data-kind="quiet" href="/settings#settings-notify">
            <Icon of={Settings2} size="s" />
            <span>{t('settings')}</span>
          </Link>
        </header>
        <div className="p-scroll">
          <InboxList key={show} show={show} page={page} />
        </div>
      </main>
    </div>
  );
}
