/** The text of a message, read: what is drawn, and nothing else. It is plain data, so that a server may send it. */

export type Inline =
  | string
  | { readonly t: 'strong' | 'em' | 'del'; readonly of: readonly Inline[] }
  | { readonly t: 'code'; readonly text: string }
  | { readonly t: 'link'; readonly href: string; readonly of: readonly Inline[] }
  | { readonly t: 'mention'; readonly kind: 'person' | 'group'; readonly id: string; readonly name: string };

export type Block =
  | { readonly t: 'p'; readonly of: readonly Inline[] }
  | { readonly t: 'code'; readonly lang: string | null; readonly text: string }
  | { readonly t: 'quote'; readonly of: readonly Block[] }
  | { readonly t: 'list'; readonly from: number | null; readonly items: readonly (readonly Block[])[] };

/** What may be a sign of Markdown, a mention or an address; a text without is read by {@link plain}. */
const signs = /[*_~`[\]\\<>]|^\s*(?:[-+]|\d+[.)])\s|(?:https?:\/\/|www\.|@)\S/m;

export function isPlain(body: string): boolean {
  return !signs.test(body);
}

/** A text as it was typed, in paragraphs. Also what is shown until the reader of Markdown is there. */
export function plain(body: string): Block[] {
  return body.split(/\n{2,}/).map((paragraph) => ({ t: 'p', of: [paragraph] }));
}

/** The words alone: for labels, summaries and notices. Ends with … when it is longer than `lengthMax` characters. */
export function wordsOf(blocks: readonly Block[], lengthMax: number): string {
  const words = blocks.map(wordsOfBlock).join(' ').replaceAll(/\s+/g, ' ').trim();
  const characters = [...words];
  return characters.length > lengthMax ? `${characters.slice(0, lengthMax).join('')}…` : words;
}

function wordsOfBlock(block: Block): string {
  switch (block.t) {
    case 'p':
      return wordsOfInlines(block.of);
    case 'code':
      return block.text;
    case 'quote':
      return block.of.map(wordsOfBlock).join(' ');
    case 'list':
      return block.items.map((item) => item.map(wordsOfBlock).join(' ')).join(' ');
  }
}

function wordsOfInlines(inlines: readonly Inline[]): string {
  return inlines
    .map((one) => {
      if (typeof one === 'string') return one;
      if (one.t === 'code') return one.text;
      if (one.t === 'mention') return `@${one.name}`;
      return wordsOfInlines(one.of);
    })
    .join('');
}
