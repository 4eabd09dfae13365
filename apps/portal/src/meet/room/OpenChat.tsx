'use client';
import { call } from '@parvis/contract/call';
import { createChannel } from '@parvis/contract/chat';
import { type Meeting, setMeetingChat } from '@parvis/contract/meet';
import { useTranslations } from 'next-intl';
import { OpenBeside } from './OpenBeside.tsx';

/** A meeting that was not started from a channel has none until somebody opens one: in its space, for its people. */
export function OpenChat({ meeting }: { meeting: Meeting }) {
  const t = useTranslations('meetRoom');
  async function open(spaceId: string) {
    const made = await call(createChannel, { spaceId, name: meeting.title, forEveryone: false });
    await call(setMeetingChat, { id: meeting.id, channelId: made.id });
  }
  const says = { none: t('noChat'), nowhere: t('chatNowhere'), open: t('openChat') };
  return <OpenBeside spaceId={meeting.spaceId} says={says} onOpen={open} />;
}
