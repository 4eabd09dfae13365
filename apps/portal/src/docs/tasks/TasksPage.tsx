import './tasks.css';
import { listMyTasks } from '@parvis/contract/doc-tasks';
import { EmptyState } from '@parvis/ui/EmptyState';
import { getNow, getTimeZone, getTranslations } from 'next-intl/server';
import { askOrLeave } from '../../ask.ts';
import { SheetPage } from '../../shell/SheetPage.tsx';
import { NewTasks } from './NewTasks.tsx';
import { TaskList } from './TaskList.tsx';

/** Everything that was given to this person to do, in all documents that they may see. */
export async function TasksPage() {
  const [t, { tasks }, now, timeZone] = await Promise.all([
    getTranslations('docsTasks'),
    askOrLeave(listMyTasks, {}),
    getNow(),
    getTimeZone(),
  ]);
  // The day as the person's calendar has it, in the form that tasks keep.
  const today = new Intl.DateTimeFormat('en-CA', { timeZone }).format(now);
  return (
    <SheetPage title={t('title')}>
      <NewTasks />
      <div className="p-scroll">
        <div className="tasks">
          {tasks.length === 0 ? (
            <EmptyState title={t('none')}>{t('noneHelp')}</EmptyState>
          ) : (
            <TaskList tasks={tasks} today={today} />
          )}
        </div>
      </div>
    </SheetPage>
  );
}
