import { listSpaces, listTrash } from '@parvis/contract/directory';
import { pageSizeMax, trashDays } from '@parvis/contract/limits';
import { EmptyState } from '@parvis/ui/EmptyState';
import { getTranslations } from 'next-intl/server';
import { ask, askOrLeave } from '../ask.ts';
import { SheetPage } from '../shell/SheetPage.tsx';
import { TrashList } from './TrashList.tsx';

/** What the person may take out of the trash, and how long it stays there. */
export async function TrashPage() {
  const [t, { resources }, { spaces }] = await Promise.all([
    getTranslations('trash'),
    askOrLeave(listTrash, { limit: pageSizeMax }),
    ask(listSpaces, {}),
  ]);
  const titles = Object.fromEntries(spaces.map((space) => [space.id, space.title]));
  return (
    <SheetPage title={t('title')}>
      <div className="p-scroll">
        {resources.length === 0 ? (
          <EmptyState title={t('empty')}>{t('emptyHelp')}</EmptyState>
        ) : (
          <div className="column">
            <p className="p-meta">{t('help', { days: trashDays })}</p>
            <TrashList things={resources} spaceTitles={titles} />
          </div>
        )}
      </div>
    </SheetPage>
  );
}
