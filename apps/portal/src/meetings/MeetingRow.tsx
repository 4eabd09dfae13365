'use client';
import type { MeetingLine } from '@parvis/contract/meet-schedule';
import { AvatarStack } from '@parvis/ui/Avatar';
import { Badge } from '@parvis/ui/Badge';
import { LinkButton } from '@parvis/ui/Button';
import { clockTime } from '@parvis/ui/format';
import { Icon } from '@parvis/ui/Icon';
import { Repeat2 } from 'lucide-react';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { AnswerButtons } from './AnswerButtons.tsx';
import { standing } from './days.ts';
import { MeetingMenu } from './MeetingMenu.tsx';

interface Props {
  line: MeetingLine;
  zone: string;
  now: Date;
  onChanged: () => void;
}

/** One meeting of a day: when, what, with whom, and what there is to do about it. */
export function MeetingRow({ line, zone, now, onChanged }: Props) {
  const t = useTranslations('meetings');
  const locale = useLocale();
  const stands = standing(line, now);
  const { meetingId, title, startsAt, endsAt, space, organiser, present, repeats, amInvited, answer } = line;
  const clock = (at: string) => clockTime(at, locale, { timeZone: zone });
  const open = stands === 'live' || stands === 'soon';
  return (
    <li className="meetings-row" data-standing={stands}>
      <span className="meetings-when">
        <time dateTime={startsAt} suppressHydrationWarning>
          {clock(startsAt)}
        </time>
        {endsAt !== null && (
          <time className="p-meta" dateTime={endsAt} suppressHydrationWarning>
            {clock(endsAt)}
          </time>
        )}
      </span>
      <span className="meetings-what">
        <span className="meetings-title">
          <Link href={`/meeting/${meetingId}`}>
            <bdi>{title}</bdi>
          </Link>
          {repeats && (
            <span className="meetings-again">
              <Icon of={Repeat2} size="s" />
              <span className="p-sr">{t('repeats')}</span>
            </span>
          )}
          {stands === 'live' && <Badge tone="people">{t('goesOn')}</Badge>}
          {stands === 'cancelled' && <Badge>{t('cancelled')}</Badge>}
          {line.moved && stands !== 'cancelled' && <Badge tone="info">{t('moved')}</Badge>}
        </span>
        <span className="p-meta">
          {[space?.name, organiser?.name]
            .filter((one) => one !== undefined)
            .map((one, at) => (
              <span key={one}>
                {at > 0 && ' · '}
                <bdi>{one}</bdi>
              </span>
            ))}
        </span>
      </span>
      <span className="meetings-acts">
        {present.length > 0 && <AvatarStack people={present} size="s" label={t('present')} />}
        {amInvited && (stands === 'later' || stands === 'soon') && (
          <AnswerButtons meetingId={meetingId} title={title} answer={answer} onAnswered={onChanged} />
        )}
        {open && (
          <LinkButton as={Link} kind="main" size="small" href={`/meet/${meetingId}`}>
            {t('join')}
          </LinkButton>
        )}
        <MeetingMenu line={line} zone={zone} now={now} onChanged={onChanged} />
      </span>
    </li>
  );
}
