import type { SlackAttachment, SlackBlock } from '@parvis/contract/chat-hook';
import { messageLengthMax } from '@parvis/contract/limits';

interface Payload {
  readonly text?: string | undefined;
  readonly attachments?: readonly SlackAttachment[] | undefined;
  readonly blocks?: readonly SlackBlock[] | undefined;
}

const plain = (text: string | { text?: string | undefined } | undefined) =>
  (typeof text === 'string' ? text : text?.text) ?? '';

/** Slack's way of writing links, words for everybody and escapes, as Markdown. */
function linked(text: string): string {
  return text
    .replace(/<!(channel|here|everyone)(?:\|[^>\n]*)?>/g, (_, word: string) =>
      word === 'here' ? '@here' : '@channel',
    )
    .replace(/<((?:https?:\/\/|mailto:)[^|>\s]+)\|([^>\n]+)>/g, (_, address: string, name: string) => {
      return `[${name.replace(/[[\]\\]/g, '\\$&')}](${address.replace(/[()]/g, encodeURIComponent)})`;
    })
    .replace(/<((?:https?:\/\/|mailto:)[^|>\s]+)>/g, '$1')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}

/** Slack's bold and strike, which Markdown writes with two signs. What stands in code stays. */
function marked(text: string): string {
  return text
    .split(/(```[\s\S]*?```|`[^`\n]*`)/)
    .map((part, index) =>
      index % 2 === 1
        ? part
        : linked(part)
            .replace(/(?<![*\p{L}\p{N}])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![*\p{L}\p{N}])/gu, '**$1**')
            .replace(/(?<![~\p{L}\p{N}])~(?=\S)([^~\n]+?)(?<=\S)~(?![~\p{L}\p{N}])/gu, '~~$1~~'),
    )
    .join('');
}

function ofBlock({ type, text, fields = [], elements = [] }: SlackBlock): string {
  const words = plain(text);
  const lines = [
    type === 'header' && words ? `**${words}**` : marked(words),
    ...fields.map((field) => marked(plain(field))),
    marked(
      elements
        .map((element) => plain(element.text))
        .filter(Boolean)
        .join(' '),
    ),
  ];
  return lines.filter(Boolean).join('\n');
}

function ofAttachment(one: SlackAttachment): string {
  const title = one.title && (one.title_link ? linked(`<${one.title_link}|${one.title}>`) : one.title);
  const fields = (one.fields ?? []).map(({ title: name = '', value = '' }) =>
    [name && `**${name}**`, marked(value)].filter(Boolean).join(' : '),
  );
  const lines = [
    marked(one.pretext ?? ''),
    title && `**${title}**`,
    marked(one.text ?? ''),
    ...fields,
    one.footer,
  ];
  const written = lines.filter(Boolean).join('\n');
  return written || marked(one.fallback ?? '');
}

/**
 * The Markdown of what a program posts. Like in Slack, `text` is what stands in for the blocks where there are some,
 * and attachments come after it. What is too long for a message is cut: an alarm that is cut is better than none.
 */
export function markdownOf({ text = '', attachments = [], blocks = [] }: Payload): string {
  const main = blocks.map(ofBlock).filter(Boolean).join('\n\n') || linked(text);
  const whole = [main, ...attachments.map(ofAttachment)].filter(Boolean).join('\n\n');
  if (whole.length <= messageLengthMax) return whole;
  // A character must not be cut in two.
  return `${whole.slice(0, messageLengthMax - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
