'use client';
import type { Quote } from '@parvis/contract/chat-entry';
import { Avatar } from '@parvis/ui/Avatar';
import { exactTime, relativeTime } from '@parvis/ui/format';
import Link from 'next/link';
import { useLocale, useNow, useTimeZone, useTranslations } from 'next-intl';
import { blocksOf } from './reading.ts';
import { wordsOf } from './tree.ts';

/** Characters of a quoted text that are shown; the message itself has the rest. */
const shownLengthMax = 280;

/** A message that another one quotes or passes on: who, when, the first words, and the way to it. */
export function QuoteCard({ quote, stops }: { quote: Quote; stops: boolean }) {
  const t = useTranslations('chatMessage');
  const locale = useLocale();
  const timeZone = useTimeZone();
  const now = useNow();
  const { sender, at, body } = quote;
  return (
    <figure className="chat-quote">
      <figcaption>
        {sender !== null && (
          <>
            <Avatar id={sender.id} name={sender.name} size="s" />
            <bdi className="chat-name">{sender.name}</bdi>
          </>
        )}
        <Link
          className="chat-at p-link"
          href={`/chat/${quote.channelId}?m=${quote.seq}`}
          tabIndex={stops ? undefined : -1}
          aria-label={t('toQuoted', { name: sender?.name ?? '' })}
        >
          {at === null ? (
            t('quoted')
          ) : (
            <time dateTime={at} title={exactTime(at, locale, { timeZone })} suppressHydrationWarning>
              {relativeTime(at, locale, now, { timeZone })}
            </time>
          )}
        </Link>
      </figcaption>
      <blockquote dir="auto">
        {body === null ? t('quoteClosed') : wordsOf(blocksOf(body), shownLengthMax)}
      </blockquote>
    </figure>
  );
}
