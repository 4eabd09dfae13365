import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { DocumentsHome } from '../../../docs/home/DocumentsHome.tsx';

type Props = { searchParams: Promise<{ list?: string; from?: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('docsHome'))('title') };
}

export default async function DocumentsRoute({ searchParams }: Props) {
  const { list, from } = await searchParams;
  return <DocumentsHome list={list} from={Math.max(0, Math.trunc(Number(from ?? 0)) || 0)} />;
}
