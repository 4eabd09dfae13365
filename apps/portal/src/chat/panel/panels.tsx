'use client';
import type { Channel } from '@parvis/contract/chat';
import type { Person } from '@parvis/contract/shape';
import type { IconShape } from '@parvis/ui/Icon';
import { Info, MessageSquareReply, Pin } from 'lucide-react';
import dynamic from 'next/dynamic';
import type { ComponentType } from 'react';
import type { useChannel } from '../useChannel.ts';
import type { ShowPanel } from './usePanel.ts';

/** What a panel beside a channel is given. */
export interface PanelProps {
  readonly channel: Channel;
  /** What the panel is about, as it stands in the address after the name: the root of a thread. */
  readonly about: string | null;
  /** The channel on the screen, as it grows. */
  readonly chat: ReturnType<typeof useChannel>;
  readonly people: readonly Person[];
  readonly mayWrite: boolean;
  readonly show: ShowPanel;
}

export interface Panel {
  /** Its name in the address (`?panel=<id>` or `?panel=<id>.<about>`), and the key of its words: `chatPanel.titles.<id>`. */
  readonly id: string;
  readonly icon: IconShape;
  /** Loaded when it is opened first. */
  readonly Body: ComponentType<PanelProps>;
  /** It has a button in the bar; without one it is opened from elsewhere. */
  readonly inBar?: true;
  /** The body scrolls by itself: it has a foot that stays. */
  readonly whole?: true;
}

/** The panels beside a channel, in the order of their buttons. One is open at a time. */
export const panels: readonly Panel[] = [
  {
    id: 'thread',
    icon: MessageSquareReply,
    Body: dynamic(() => import('../thread/ThreadPanel.tsx').then((part) => part.ThreadPanel), { ssr: false }),
    whole: true,
  },
  {
    id: 'pins',
    icon: Pin,
    Body: dynamic(() => import('../pins/PinsPanel.tsx').then((part) => part.PinsPanel), { ssr: false }),
    inBar: true,
  },
  {
    id: 'about',
    icon: Info,
    Body: dynamic(() => import('../channel/AboutPanel.tsx').then((part) => part.AboutPanel), { ssr: false }),
    inBar: true,
  },
];
