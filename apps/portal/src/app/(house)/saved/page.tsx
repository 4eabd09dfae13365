import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { DirectColumn } from '../../../chat/direct/DirectColumn.tsx';
import { SavedPage } from '../../../chat/saved/SavedPage.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('chatSaved'))('title') };
}

export default function SavedRoute() {
  return (
    <>
      <DirectColumn />
      <SavedPage />
    </>
  );
}
