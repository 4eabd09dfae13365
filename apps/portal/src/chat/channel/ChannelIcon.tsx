import type { ChannelKind } from '@parvis/contract/chat-place';
import { Icon } from '@parvis/ui/Icon';
import { Hash, Lock, Megaphone, MessageCircle, Users } from 'lucide-react';

const shapes = {
  public: Hash,
  private: Lock,
  announcements: Megaphone,
  direct: MessageCircle,
  group: Users,
} as const;

/** The icon of a kind of channel; its name stands beside it. */
export function ChannelIcon({ kind, size = 'm' }: { kind: ChannelKind; size?: 's' | 'm' }) {
  return <Icon of={shapes[kind]} size={size} />;
}
