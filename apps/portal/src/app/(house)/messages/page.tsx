import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { MessagesPage } from '../../../chat/direct/MessagesPage.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('chatDirect'))('title') };
}

export default function MessagesRoute() {
  return <MessagesPage />;
}
