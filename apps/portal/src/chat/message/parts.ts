import type { Message } from '@parvis/contract/chat-entry';
import { previewsOf } from '../preview/previews-of.ts';
import dynamic from 'next/dynamic';
import type { ComponentType } from 'react';

/** Something that a message shows below its text: a poll, files, the preview of a link. */
export interface MessagePart {
  readonly id: string;
  readonly shown: (message: Message) => boolean;
  /** `stops` is whether what can be pressed is a stop of the Tab key now. */
  readonly Part: ComponentType<{ message: Message; stops: boolean }>;
}

/** What stands below the text of a message, in this order. A domain adds a line; the part is loaded when it is first shown. */
export const parts: readonly MessagePart[] = [
  {
    id: 'files',
    shown: ({ files }) => files.length > 0,
    Part: dynamic(() => import('../files/MessageFiles.tsx').then((part) => part.MessageFiles)),
  },
  {
    id: 'poll',
    shown: ({ poll }) => poll !== null,
    Part: dynamic(() => import('../poll/MessagePoll.tsx').then((part) => part.MessagePoll)),
  },
  {
    id: 'previews',
    shown: (message) => previewsOf(message).length > 0,
    Part: dynamic(() => import('../preview/MessagePreviews.tsx').then((part) => part.MessagePreviews)),
  },
];
