import './people.css';
import { listGroups } from '@parvis/contract/directory';
import { EmptyState } from '@parvis/ui/EmptyState';
import { Icon } from '@parvis/ui/Icon';
import { UsersRound } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { askOrLeave, me } from '../ask.ts';
import { ChangeGroup } from './ChangeGroup.tsx';
import { NewGroup } from './NewGroup.tsx';
import { ViewTabs } from './ViewTabs.tsx';

/** The groups of the house; for administrators, the way to make one and to change who is in it. */
export async function GroupsPage() {
  const [t, { groups }, mine] = await Promise.all([
    getTranslations('people'),
    askOrLeave(listGroups, {}),
    me(),
  ]);
  return (
    <div className="p-sheet people-sheet">
      <main className="p-main" id="main" tabIndex={-1}>
        <header className="p-bar">
          <div className="p-bar-title">
            <h1>{t('title')}</h1>
          </div>
          <div className="p-bar-acts">{mine.administrator && <NewGroup />}</div>
        </header>
        <ViewTabs current="groups" />
        <div className="p-scroll people-scroll">
          {groups.length === 0 ? (
            <EmptyState title={t('noGroups')}>
              {t(mine.administrator ? 'noGroupsHelp' : 'noGroupsReader')}
            </EmptyState>
          ) : (
            <ul className="people-rows" aria-label={t('groupsList')}>
              {groups.map((group) => (
                <li key={group.id} className="people-row">
                  <span className="p-kind" data-tone="terra">
                    <Icon of={UsersRound} />
                  </span>
                  <span className="row-text">
                    <bdi className="p-strong">{group.name}</bdi>
                    <span className="p-meta">{t('groupCount', { count: group.memberCount })}</span>
                  </span>
                  {mine.administrator && <ChangeGroup group={group} />}
                </li>
              ))}
            </ul>
          )}
        </div>
      </main>
    </div>
  );
}
