import type { Channel } from '@parvis/contract/chat';
import { listDirect } from '@parvis/contract/chat-direct';
import { Icon } from '@parvis/ui/Icon';
import { Users } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { Face } from '../../presence/Face.tsx';
import { ask } from '../../ask.ts';
import { ChannelItem } from '../../shell/ChannelItem.tsx';
import { NewDirect } from './NewDirect.tsx';

/** Conversations that a column shows; the page of messages has all. */
const shownMax = 12;

/** My conversations, the liveliest first, asked once per page. */
export const conversations = cache(() =>
  ask(listDirect, {}).then(
    ({ channels }) => channels,
    () => [],
  ),
);

/** One conversation as a line of a column. */
export function DirectItem({ channel, current }: { channel: Channel; current: boolean }) {
  const [only] = channel.people;
  return (
    <ChannelItem
      id={channel.id}
      title={channel.title}
      current={current}
      muted={channel.muted}
      unread={Math.max(0, channel.lastNr - channel.readNr)}
      icon={
        channel.conversation === 'direct' && only !== undefined ? (
          <Face id={only.id} name={only.name} size="s" />
        ) : (
          <Icon of={Users} size="s" />
        )
      }
    />
  );
}

/** The part of a column with direct and group conversations: the same in every space. */
export async function DirectSection({ current }: { current?: string | undefined }) {
  const [t, all] = await Promise.all([getTranslations('chatDirect'), conversations()]);
  const listed = all.filter(({ hidden, id }) => !hidden || id === current);
  const shown = listed.filter(({ id, starred }, index) => index < shownMax || starred || id === current);
  return (
    <>
      <h3>
        {t('title')}
        <NewDirect />
      </h3>
      {shown.map((channel) => (
        <DirectItem key={channel.id} channel={channel} current={channel.id === current} />
      ))}
    </>
  );
}
