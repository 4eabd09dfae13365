import type { Message } from '@parvis/contract/chat-entry';
import { markdown } from './markdown.ts';
import { type Block, isPlain } from './tree.ts';

/** Reads the texts of a page's messages that are more than plain, by position: on the server, for the first picture. */
export function readTexts(messages: readonly Message[]): Record<number, Block[]> {
  return Object.fromEntries(
    messages.filter(({ body }) => !isPlain(body)).map(({ seq, body }) => [seq, markdown(body)]),
  );
}
