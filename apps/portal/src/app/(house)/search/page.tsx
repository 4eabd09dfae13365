import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { SearchPage } from '../../../search/SearchPage.tsx';

type Props = {
  searchParams: Promise<{ q?: string | string[]; tab?: string; order?: string; in?: string | string[] }>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('search'))('title') };
}

export default async function SearchRoute({ searchParams }: Props) {
  const { q, tab, order, in: within } = await searchParams;
  const one = (text: string | string[] | undefined) => (typeof text === 'string' ? text : '');
  return <SearchPage asked={one(q)} tab={tab} order={order} channelId={one(within)} />;
}
