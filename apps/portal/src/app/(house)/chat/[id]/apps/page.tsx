import { getChannel } from '@parvis/contract/chat';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { askOrLeave } from '../../../../../ask.ts';
import { AppsPage } from '../../../../../chat/apps/AppsPage.tsx';
import { SpaceColumn } from '../../../../../shell/SpaceColumn.tsx';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { title: name } = await askOrLeave(getChannel, { id: (await params).id });
  return { title: (await getTranslations('chatApps'))('title', { name }) };
}

export default async function AppsRoute({ params }: Props) {
  const channel = await askOrLeave(getChannel, { id: (await params).id });
  return (
    <>
      <SpaceColumn spaceId={channel.spaceId} current={channel.id} />
      <AppsPage channel={channel} />
    </>
  );
}
