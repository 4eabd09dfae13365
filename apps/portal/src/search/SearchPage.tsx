import { getChannel } from '@parvis/contract/chat';
import { getTranslations } from 'next-intl/server';
import { ask } from '../ask.ts';
import { SearchView } from './SearchView.tsx';
import { type Tab, tabs } from './tabs.ts';

interface Props {
  asked: string;
  tab: string | undefined;
  order: string | undefined;
  /** Only this channel; empty for all, as is one that this person may not see. */
  channelId: string;
}

/** The page of the search; what is found comes as it is asked for. */
export async function SearchPage({ asked, tab, order, channelId }: Props) {
  const [t, channel] = await Promise.all([
    getTranslations('search'),
    channelId === '' ? null : ask(getChannel, { id: channelId }).catch(() => null),
  ]);
  return (
    <div className="p-sheet">
      <main className="p-main" id="main" tabIndex={-1}>
        <h1 className="p-sr">{t('title')}</h1>
        <div className="p-scroll">
          <SearchView
            asked={asked}
            tab={tabs.find((one): one is Tab => one === tab) ?? 'all'}
            order={order === 'best' ? 'best' : 'newest'}
            within={channel === null ? null : { id: channel.id, title: channel.title }}
          />
        </div>
      </main>
    </div>
  );
}
