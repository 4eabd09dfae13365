import { getChannel, listMessages } from '@parvis/contract/chat';
import { getSpace, listMembers } from '@parvis/contract/directory';
import type { Metadata } from 'next';
import { ask, askOrLeave } from '../../../../ask.ts';
import { ChannelView } from '../../../../chat/ChannelView.tsx';
import { DirectColumn } from '../../../../chat/direct/DirectColumn.tsx';
import { readTexts } from '../../../../chat/message/given.ts';
import { FindInChannelKey } from '../../../../search/FindInChannelKey.tsx';
import { columnOf, SpaceColumn } from '../../../../shell/SpaceColumn.tsx';

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ m?: string | string[] }> };

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
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

export default async function ChannelPage({ params, searchParams }: Props) {
  const [{ id }, { m }] = await Promise.all([params, searchParams]);
  // An address may name a message: the page then begins around it.
  const at = typeof m === 'string' && /^[1-9]\d{0,14}$/.test(m) ? Number(m) : undefined;
  const [channel, page] = await Promise.all([
    askOrLeave(getChannel, { id }),
    askOrLeave(listMessages, { id, ...(at !== undefined && { around: at }) }),
  ]);
  const { space, members } = channel.spaceId === null ? alone : await around(channel.spaceId);
  return (
    <>
      {channel.conversation !== null ? (
        <DirectColumn current={channel.id} />
      ) : (
        <SpaceColumn spaceId={channel.spaceId} current={channel.id} />
      )}
      <FindInChannelKey id={channel.id} />
      <ChannelView
        key={channel.id}
        channel={channel}
        first={page}
        texts={readTexts(page.messages)}
        space={space}
        people={channel.spaceId === null ? channel.people : members.map((one) => one.person)}
      />
    </>
  );
}
