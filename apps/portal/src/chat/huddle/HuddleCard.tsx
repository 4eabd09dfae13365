'use client';
import './huddle.css';
import type { Notice } from '@parvis/contract/chat-entry';
import type { Meeting } from '@parvis/contract/meet';
import { AvatarStack } from '@parvis/ui/Avatar';
import { nameList } from '@parvis/ui/format';
import { Icon } from '@parvis/ui/Icon';
import { Video } from 'lucide-react';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { followMeeting } from './follow.ts';

const minuteMs = 60_000;

interface Props {
  meetingId: string;
  /** What the notice says of it, also while the meeting itself is not known. */
  words: string;
  notice: Notice;
}

/** A meeting that was started from the channel: who is in it now, and how long it was once it is over. */
export function HuddleCard({ meetingId, words, notice }: Props) {
  const t = useTranslations('chatHuddle');
  const [meeting, setMeeting] = useState<Meeting | null>(null);
  useEffect(() => followMeeting(meetingId, setMeeting), [meetingId]);
  const held = meeting !== null && meeting.endedAt === null;
  return (
    <div className="chat-huddle" data-held={held || undefined}>
      <span className="chat-huddle-sign">
        <Icon of={Video} size="s" />
      </span>
      <div className="chat-huddle-words">
        <span>{words}</span>
        <span className="p-meta" role="status">
          {meeting === null ? notice.text : <Now meeting={meeting} />}
        </span>
      </div>
      {held && meeting.present.length > 0 && (
        <AvatarStack people={meeting.present} label={t('inside', { count: meeting.present.length })} />
      )}
      {held && (
        <Link className="p-btn" data-kind="main" data-size="small" href={`/meet/${meetingId}`}>
          {t('join')}
        </Link>
      )}
    </div>
  );
}

/** Who is in it, or for how long it was held. */
function Now({ meeting: { present, startedAt, endedAt } }: { meeting: Meeting }) {
  const t = useTranslations('chatHuddle');
  const locale = useLocale();
  if (endedAt === null) {
    const names = nameList(
      present.map(({ name }) => name),
      locale,
    );
    return present.length === 0 ? t('nobody') : names;
  }
  if (startedAt === null) return t('never');
  const minutes = Math.max(1, Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / minuteMs));
  return t('over', { count: minutes });
}
