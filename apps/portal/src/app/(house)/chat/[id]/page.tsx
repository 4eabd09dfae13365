import { getChannel, listMessages } from '@parvis/contract/chat';
import { getSpace, listMembers } from '@parvis/contract/directory';
import type { Metadata } from 'next';
import { ask, askOrLeave } from '../../../../ask.ts';
import { ChannelView } from '../../../../chat/ChannelView.tsx';
import { DirectColumn } from '../../../../chat/direct/DirectColumn.tsx';
import { columnOf, SpaceColumn } from '../../../../shell/SpaceColumn.tsx';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await askOrLeave(getChannel, { id: (await params).id })).title };
}

const alone = { space: null, members: [] };

/** The channel's space and its members; neither for somebody with whom the channel alone was shared. */
async function around(spaceId: string) {
  void columnOf(spaceId);
  const asked = ask(listMembers, { id: spaceId });
  asked.catch(() => {});
  const space = await ask(getSpace, { id: spaceId }).catch(() => null);
  return space === null ? alone : { space, members: (await asked).members };
}

export default async function ChannelPage({ params }: Props) {
  const { id } = await params;
  const [channel, page] = await Promise.all([
    askOrLeave(getChannel, { id }),
    askOrLeave(listMessages, { id }),
  ]);
  const { space, members } = channel.spaceId === null ? alone : await around(channel.spaceId);
  return (
    <>
      {channel.channelKind === 'direct' || channel.channelKind === 'group' ? (
        <DirectColumn current={channel.id} />
      ) : (
        <SpaceColumn spaceId={channel.spaceId} current={channel.id} />
      )}
      <ChannelView
        key={channel.id}
        channel={channel}
        first={page}
        space={space}
        people={channel.spaceId === null ? channel.people : members.map((one) => one.person)}
      />
    </>
  );
}
