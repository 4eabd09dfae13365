import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Nowhere } from '../shell/Nowhere.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('problems'))('nothingHere') };
}

export default function NotFound() {
  return <Nowhere />;
}
