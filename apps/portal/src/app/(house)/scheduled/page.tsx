import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { DirectColumn } from '../../../chat/direct/DirectColumn.tsx';
import { ScheduledPage } from '../../../chat/scheduled/ScheduledPage.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('chatScheduled'))('title') };
}

export default function ScheduledRoute() {
  return (
    <>
      <DirectColumn />
      <ScheduledPage />
    </>
  );
}
