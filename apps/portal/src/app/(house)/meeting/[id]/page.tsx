import { getMeeting } from '@parvis/contract/meet';
import type { Metadata } from 'next';
import { askOrLeave } from '../../../../ask.ts';
import { MeetingPage } from '../../../../meetings/MeetingPage.tsx';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await askOrLeave(getMeeting, { id: (await params).id })).title };
}

export default async function MeetingRoute({ params }: Props) {
  return <MeetingPage id={(await params).id} />;
}
