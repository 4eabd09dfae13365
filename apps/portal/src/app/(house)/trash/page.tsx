import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { TrashPage } from '../../../trash/TrashPage.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('trash'))('title') };
}

export default function TrashRoute() {
  return <TrashPage />;
}
