import type { Channel } from '@parvis/contract/chat';
import { Icon } from '@parvis/ui/Icon';
import { Star } from 'lucide-react';
import { ChannelItem } from '../../shell/ChannelItem.tsx';
import { DraftMark } from '../drafts/DraftMark.tsx';
import { ChannelIcon } from './ChannelIcon.tsx';

/** The channels of a space that stand in my column, starred ones first; the one that is open stands there in any case. */
export function ChannelLines(props: { channels: readonly Channel[]; current: string | undefined }) {
  const { channels, current } = props;
  return channels
    .filter((one) => one.id === current || (one.joined && !one.hidden && one.archivedAt === null))
    .sort((one, other) => Number(other.starred) - Number(one.starred))
    .map((channel) => (
      <ChannelItem
        key={channel.id}
        id={channel.id}
        title={channel.title}
        current={channel.id === current}
        muted={channel.muted}
        mark={<DraftMark channelId={channel.id} />}
        unread={Math.max(0, channel.lastNr - channel.readNr)}
        icon={
          channel.starred ? (
            <Icon of={Star} size="s" />
          ) : (
            <ChannelIcon kind={channel.conversation ?? channel.channelKind} size="s" />
          )
        }
      />
    ));
}
