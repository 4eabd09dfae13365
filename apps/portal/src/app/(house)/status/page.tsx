import '../../../settings/settings.css';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { StatusPage } from '../../../status/StatusPage.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('status'))('title') };
}

export default function StatusRoute() {
  return <StatusPage />;
}
