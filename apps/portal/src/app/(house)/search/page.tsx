import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { SearchPage } from '../../../search/SearchPage.tsx';

type Props = { searchParams: Promise<{ q?: string | string[]; tab?: string; order?: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('search'))('title') };
}

export default async function SearchRoute({ searchParams }: Props) {
  const { q, tab, order } = await searchParams;
  return <SearchPage asked={typeof q === 'string' ? q : ''} tab={tab} order={order} />;
}
