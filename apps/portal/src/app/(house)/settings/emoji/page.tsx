import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { EmojiPage } from '../../../../emoji/EmojiPage.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('emoji'))('title') };
}

export default function EmojiRoute() {
  return <EmojiPage />;
}
