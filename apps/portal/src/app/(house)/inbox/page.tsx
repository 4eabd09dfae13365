import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { InboxPage } from '../../../inbox/InboxPage.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('inbox'))('title') };
}

export default function InboxRoute(props: { searchParams: Promise<{ show?: string }> }) {
  return <InboxPage {...props} />;
}
