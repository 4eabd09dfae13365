'use client';
import { SkeletonLines } from '@parvis/ui/Skeleton';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import type { Visit } from '../visit.ts';
import { OpenChat } from './OpenChat.tsx';
import { Panel } from './Panel.tsx';
import { PeoplePanel } from './PeoplePanel.tsx';
import { silencerOf } from './participants.ts';
import type { StageParts } from './Stage.tsx';

const ChatPanel = dynamic(() => import('./ChatPanel.tsx').then((part) => part.ChatPanel), {
  loading: () => <Opening />,
});

function Opening() {
  const t = useTranslations('meetRoom');
  return <SkeletonLines label={t('opening')} rows={5} />;
}

const NotesPanel = dynamic(() => import('./NotesPanel.tsx').then((part) => part.NotesPanel), {
  loading: () => <Opening />,
});

const BoardPanel = dynamic(() => import('./BoardPanel.tsx').then((part) => part.BoardPanel), {
  loading: () => <Opening />,
});

interface Props {
  visit: Visit;
  parts: StageParts;
}

/** What is open beside the stage, if anything. */
export function SidePanel({ visit, parts }: Props) {
  const { view, state, people, waiting, organiser, meeting, me } = parts;
  const name = view.panel;
  if (name === null || (name !== 'people' && meeting === null)) return null;
  return (
    <Panel name={name} onClose={() => view.show(null)}>
      {name === 'chat' &&
        meeting !== null &&
        (meeting.channelId === null ? (
          <OpenChat meeting={meeting} />
        ) : (
          <ChatPanel channelId={meeting.channelId} silencedBy={silencerOf(me)} />
        ))}
      {name === 'notes' && meeting !== null && <NotesPanel meeting={meeting} />}
      {name === 'board' && meeting !== null && <BoardPanel meeting={meeting} />}
      {name === 'people' && (
        <PeoplePanel
          visit={visit}
          meeting={meeting}
          state={state}
          people={people}
          waiting={waiting}
          organiser={organiser}
        />
      )}
    </Panel>
  );
}
