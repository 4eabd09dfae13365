import './meetings.css';
import { getMeeting, listStays, type Meeting } from '@parvis/contract/meet';
import { getPlan, type MeetingPlan } from '@parvis/contract/meet-schedule';
import { Badge } from '@parvis/ui/Badge';
import { LinkButton } from '@parvis/ui/Button';
import { Icon } from '@parvis/ui/Icon';
import { IconLink } from '@parvis/ui/IconButton';
import { ArrowLeft, FileText, MessageSquare, Presentation, Video } from 'lucide-react';
import Link from 'next/link';
import { getNow, getTranslations } from 'next-intl/server';
import { ask, askOrLeave } from '../ask.ts';
import { KeptOfMeeting } from '../meet/kept/KeptOfMeeting.tsx';
import { isOver } from '../meet/over.ts';
import { ShareButton } from '../sharing/ShareButton.tsx';
import { Attendance } from './Attendance.tsx';
import { AnswerButtons } from './AnswerButtons.tsx';
import { CodeLine } from './CodeLine.tsx';
import { Invited } from './Invited.tsx';
import { LiveMeeting } from './LiveMeeting.tsx';
import { PlanTimes } from './PlanTimes.tsx';

/** A meeting before and after it is held: when, who, and all that came of it. */
export async function MeetingPage({ id }: { id: string }) {
  const [t, shell, now, meeting, plan, { stays }] = await Promise.all([
    getTranslations('meetings'),
    getTranslations('shell'),
    getNow(),
    askOrLeave(getMeeting, { id }),
    ask(getPlan, { id }).catch(() => null),
    ask(listStays, { id }).catch(() => ({ stays: [] })),
  ]);
  const cancelled = plan?.cancelled ?? false;
  const open = !isOver(meeting, now) && !cancelled;
  const live = meeting.present.length + meeting.anonymous > 0;
  return (
    <div className="p-sheet">
      <main className="p-main" id="main" tabIndex={-1}>
        <header className="p-bar">
          <IconLink className="p-back" href="/meetings" label={shell('back')}>
            <Icon of={ArrowLeft} flip />
          </IconLink>
          <div className="p-bar-title">
            <h1 dir="auto">{meeting.title}</h1>
            {live && <Badge tone="people">{t('goesOn')}</Badge>}
            {cancelled && <Badge>{t('cancelled')}</Badge>}
          </div>
          <div className="p-bar-acts">
            <ShareButton resource={meeting} />
            {open && (
              <LinkButton as={Link} kind="main" icon={<Icon of={Video} size="s" />} href={`/meet/${id}`}>
                {t('join')}
              </LinkButton>
            )}
          </div>
        </header>
        <LiveMeeting id={id} />
        <div className="p-scroll">
          <div className="meetings meetings-one">
            {plan !== null && <Before plan={plan} now={now} />}
            {open && <CodeLine code={meeting.code} encrypted={meeting.encrypted} />}
            <Rooms meeting={meeting} />
            <KeptOfMeeting meeting={meeting} />
            {stays.length > 0 && <Attendance stays={stays} />}
          </div>
        </div>
      </main>
    </div>
  );
}

/** When it is held, what it is about, who is invited. */
async function Before({ plan, now }: { plan: MeetingPlan; now: Date }) {
  const t = await getTranslations('meetings');
  return (
    <>
      {plan.description !== '' && (
        <p className="meetings-about" dir="auto">
          {plan.description}
        </p>
      )}
      <PlanTimes plan={plan} now={now.toISOString()} />
      {plan.amInvited && !plan.cancelled && (
        <section className="meetings-answer" aria-labelledby="meeting-answer">
          <h2 id="meeting-answer">{t('doYouCome')}</h2>
          <AnswerButtons meetingId={plan.meetingId} title={plan.title} answer={plan.answer} />
        </section>
      )}
      {plan.invited.length > 0 && <Invited plan={plan} />}
    </>
  );
}

/** Where one goes on talking and writing: its channel, its notes and its board. */
async function Rooms({ meeting: { channelId, notesId, boardId } }: { meeting: Meeting }) {
  const t = await getTranslations('meetings');
  if (channelId === null && notesId === null && boardId === null) return null;
  return (
    <section aria-labelledby="meeting-rooms">
      <h2 id="meeting-rooms">{t('rooms')}</h2>
      <p className="meetings-buttons">
        {channelId !== null && (
          <>
            <LinkButton as={Link} icon={<Icon of={MessageSquare} size="s" />} href={`/chat/${channelId}`}>
              {t('chat')}
            </LinkButton>
            <LinkButton
              as={Link}
              icon={<Icon of={FileText} size="s" />}
              href={`/chat/${channelId}?panel=about`}
            >
              {t('files')}
            </LinkButton>
          </>
        )}
        {notesId !== null && (
          <LinkButton as={Link} icon={<Icon of={FileText} size="s" />} href={`/docs/${notesId}`}>
            {t('notes')}
          </LinkButton>
        )}
        {boardId !== null && (
          <LinkButton as={Link} icon={<Icon of={Presentation} size="s" />} href={`/docs/${boardId}`}>
            {t('board')}
          </LinkButton>
        )}
      </p>
    </section>
  );
}
