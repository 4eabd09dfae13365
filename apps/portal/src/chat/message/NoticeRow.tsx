'use client';
import type { Notice } from '@parvis/contract/chat-entry';
import { clockTime, exactTime, nameList } from '@parvis/ui/format';
import dynamic from 'next/dynamic';
import { useLocale, useTimeZone, useTranslations } from 'next-intl';

const HuddleCard = dynamic(() => import('../huddle/HuddleCard.tsx').then((part) => part.HuddleCard), {
  ssr: false,
});

/** A line about the channel itself: who joined, its new name, a meeting that began. */
export function NoticeRow({ notice }: { notice: Notice }) {
  const t = useTranslations('chatMessage');
  const locale = useLocale();
  const timeZone = useTimeZone();
  const people = nameList(
    notice.people.map(({ name }) => name),
    locale,
  );
  const words = t(`notices.${notice.what}`, { name: notice.by.name, people, text: notice.text ?? '' });
  return (
    <div className="chat-notice p-meta" dir="auto">
      {notice.meetingId === null ? (
        words
      ) : (
        <HuddleCard meetingId={notice.meetingId} words={words} notice={notice} />
      )}{' '}
      <time className="chat-at" dateTime={notice.at} title={exactTime(notice.at, locale, { timeZone })}>
        {clockTime(notice.at, locale, { timeZone })}
      </time>
    </div>
  );
}
