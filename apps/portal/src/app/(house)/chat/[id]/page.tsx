import { getChannel, listMessages } from '@parvis/contract/chat';
import { getSpace, listMembers } from '@parvis/contract/directory';
import type { Metadata } from 'next';
import { ask, askOrLeave } from '../../../../ask.ts';
import { ChannelView } from '../../../../chat/ChannelView.tsx';
import { SpaceColumn } from '../../../../shell/SpaceColumn.tsx';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await askOrLeave(getChannel, { id: (await params).id })).title };
}

export default async function ChannelPage({ params }: Props) {
  const { id } = await params;
  const [channel, page] = await Promise.all([
    askOrLeave(getChannel, { id }),
    askOrLeave(listMessages, { id }),
  ]);
  const space =
    channel.spaceId === null ? null : await ask(getSpace, { id: channel.spaceId }).catch(() => null);
  const members = space === null ? [] : (await ask(listMembers, { id: space.id })).members;
  return (
    <>
      <SpaceColumn spaceId={channel.spaceId} current={channel.id} />
      <ChannelView
        key={channel.id}
        channel={channel}
        first={page}
        space={space}
        people={members.map((one) => one.person)}
      />
    </>
  );
}
