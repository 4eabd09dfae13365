import { getTranslations } from 'next-intl/server';
import { SearchView } from './SearchView.tsx';
import { type Tab, tabs } from './tabs.ts';

interface Props {
  asked: string;
  tab: string | undefined;
  order: string | undefined;
}

/** The page of the search; what is found comes as it is asked for. */
export async function SearchPage({ asked, tab, order }: Props) {
  const t = await getTranslations('search');
  return (
    <div className="p-sheet">
      <main className="p-main" id="main" tabIndex={-1}>
        <h1 className="p-sr">{t('title')}</h1>
        <div className="p-scroll">
          <SearchView
            asked={asked}
            tab={tabs.find((one): one is Tab => one === tab) ?? 'all'}
            order={order === 'best' ? 'best' : 'newest'}
          />
        </div>
      </main>
    </div>
  );
}
