import './inbox.css';
import { InboxShow, listInbox } from '@parvis/contract/notify';
import { Icon } from '@parvis/ui/Icon';
import { Settings2 } from 'lucide-react';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { askOrLeave } from '../ask.ts';
import { SheetPage } from '../shell/SheetPage.tsx';
import { InboxList } from './InboxList.tsx';

/** Everything that this person is to hear of, in one place. */
export async function InboxPage({ searchParams }: { searchParams: Promise<{ show?: string }> }) {
  const asked = InboxShow.safeParse((await searchParams).show);
  const show = asked.success ? asked.data : 'open';
  const [t, page] = await Promise.all([getTranslations('inbox'), askOrLeave(listInbox, { show })]);
  return (
    <SheetPage
      title={t('title')}
      acts={
        <Link className="p-btn" data-kind="quiet" href="/settings#settings-notify">
          <Icon of={Settings2} size="s" />
          <span>{t('settings')}</span>
        </Link>
      }
    >
      <div className="p-scroll">
        <InboxList key={show} show={show} page={page} />
      </div>
    </SheetPage>
  );
}
