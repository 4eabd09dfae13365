import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { BotsPage } from '../../../../bots/BotsPage.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('bots'))('title') };
}

export default function BotsRoute() {
  return <BotsPage />;
}
