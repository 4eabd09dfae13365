import { getSpace } from '@parvis/contract/directory';
import { getMeeting, getMeetStatus } from '@parvis/contract/meet';
import type { Metadata } from 'next';
import { ask, askOrLeave } from '../../../../ask.ts';
import { MeetingView } from '../../../../meet/MeetingView.tsx';
import { columnOf, SpaceColumn } from '../../../../shell/SpaceColumn.tsx';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await askOrLeave(getMeeting, { id: (await params).id })).title };
}

export default async function MeetingPage({ params }: Props) {
  const meeting = await askOrLeave(getMeeting, { id: (await params).id });
  if (meeting.spaceId !== null) void columnOf(meeting.spaceId);
  const [{ state }, space] = await Promise.all([
    ask(getMeetStatus, {}),
    meeting.spaceId === null ? null : ask(getSpace, { id: meeting.spaceId }).catch(() => null),
  ]);
  return (
    <>
      <SpaceColumn spaceId={meeting.spaceId} current={meeting.id} />
      <MeetingView key={meeting.id} meeting={meeting} space={space} serverState={state} />
    </>
  );
}
