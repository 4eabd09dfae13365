import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ThreadsPage } from '../../../chat/threads/ThreadsPage.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('chatThreads'))('title') };
}

export default function ThreadsRoute() {
  return <ThreadsPage />;
}
