'use client';
import type { Notice } from '@parvis/contract/chat-entry';
import { clockTime, exactTime, nameList } from '@parvis/ui/format';
import Link from 'next/link';
import { useLocale, useTimeZone, useTranslations } from 'next-intl';

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
    <p className="chat-notice p-meta" dir="auto">
      {notice.meetingId === null ? (
        words
      ) : (
        <Link className="p-link" href={`/meet/${notice.meetingId}`}>
          {words}
        </Link>
      )}{' '}
      <time className="chat-at" dateTime={notice.at} title={exactTime(notice.at, locale, { timeZone })}>
        {clockTime(notice.at, locale, { timeZone })}
      </time>
    </p>
  );
}
