'use client';
import { SkeletonLines } from '@parvis/ui/Skeleton';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import type { Visit } from '../visit.ts';
import { Panel } from './Panel.tsx';
import { PeoplePanel } from './PeoplePanel.tsx';
import type { StageParts } from './Stage.tsx';

const ChatPanel = dynamic(() => import('./ChatPanel.tsx').then((part) => part.ChatPanel), {
  loading: () => <Opening />,
});

function Opening() {
  const t = useTranslations('meetRoom');
  return <SkeletonLines label={t('opening')} rows={5} />;
}

interface Props {
  visit: Visit;
  parts: StageParts;
  channelId: string | null;
}

/** What is open beside the stage, if anything. */
export function SidePanel({ visit, parts, channelId }: Props) {
  const { view, state, people, waiting, organiser } = parts;
  const name = view.panel;
  if (name === null || (name === 'chat' && channelId === null)) return null;
  return (
    <Panel name={name} onClose={() => view.show(null)}>
      {name === 'chat' && channelId !== null && <ChatPanel channelId={channelId} />}
      {name === 'people' && (
        <PeoplePanel visit={visit} state={state} people={people} waiting={waiting} organiser={organiser} />
      )}
    </Panel>
  );
}
