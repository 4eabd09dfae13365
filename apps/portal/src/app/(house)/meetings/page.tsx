import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { MeetingsPage, type MeetingsQuery } from '../../../meetings/MeetingsPage.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('meetings'))('title') };
}

export default async function MeetingsRoute({ searchParams }: { searchParams: Promise<MeetingsQuery> }) {
  return <MeetingsPage query={await searchParams} />;
}
