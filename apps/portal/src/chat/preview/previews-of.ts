import type { Message } from '@parvis/contract/chat-entry';

/** The previews of links that are still in the text: an edit may have taken one away. */
export function previewsOf({ previews, body }: Message): Message['previews'] {
  return previews.filter(({ url }) => body.includes(url));
}
