import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { TasksPage } from '../../../docs/tasks/TasksPage.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('docsTasks'))('title') };
}

export default function TasksRoute() {
  return <TasksPage />;
}
