import type { Message } from '@parvis/contract/chat-entry';
import type { ComponentType } from 'react';

/** Something that a message shows below its text: a poll, files, the preview of a link. */
export interface MessagePart {
  readonly id: string;
  readonly shown: (message: Message) => boolean;
  /** `stops` is whether what can be pressed is a stop of the Tab key now. */
  readonly Part: ComponentType<{ message: Message; stops: boolean }>;
}

/** What stands below the text of a message, in this order. A domain adds a line; the part is loaded when it is first shown. */
export const parts: readonly MessagePart[] = [];
