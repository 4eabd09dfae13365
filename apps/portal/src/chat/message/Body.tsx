'use client';
import './body.css';
import type { Mention } from '@parvis/contract/chat-entry';
import { Fragment, memo, type ReactNode } from 'react';
import { EmojiText, mayHaveEmoji } from '../../emoji/EmojiText.tsx';
import { CodeBlock } from './CodeBlock.tsx';
import { useBlocks } from './reading.ts';
import type { Block, Inline } from './tree.ts';

/** `@channel` and `@here` as words of their own, as the contract reads them. */
const everybody = /(?<![\p{L}\p{N}_@/.])@(channel|here)(?![\p{L}\p{N}_])/gu;

interface Props {
  body: string;
  /** The text as the server has read it, for the first picture of a page. */
  given?: readonly Block[] | undefined;
  /** Whom the message mentions, as the server found them. */
  mentions?: readonly Mention[];
  /** Who reads: mentions of them are marked. */
  me?: string;
  /** Stands behind the last word: "edited". */
  after?: ReactNode;
  /** Links and buttons are no stops of the Tab key while the message is not the one that has the focus. */
  stops?: boolean;
  id?: string;
}

/** The text of a message: Markdown as blocks that decide their own direction, and never HTML. */
export const Body = memo(function Body({ body, given, mentions = [], me, after, stops = true, id }: Props) {
  const blocks = useBlocks(body, given);
  const draw = { mentions, me, stops };
  return (
    <div className="chat-body" id={id}>
      {blocks.map((block, index) => (
        <Fragment key={index}>
          {drawBlock(block, draw, index === blocks.length - 1 ? after : undefined)}
        </Fragment>
      ))}
      {after !== undefined && blocks.at(-1)?.t !== 'p' && <p>{after}</p>}
    </div>
  );
});

interface Draw {
  readonly mentions: readonly Mention[];
  readonly me: string | undefined;
  readonly stops: boolean;
}

function drawBlock(block: Block, draw: Draw, after?: ReactNode): ReactNode {
  switch (block.t) {
    case 'p':
      return (
        <p dir="auto">
          {drawInlines(block.of, draw)}
          {after}
        </p>
      );
    case 'code':
      return <CodeBlock lang={block.lang} text={block.text} stops={draw.stops} />;
    case 'quote':
      return (
        <blockquote dir="auto">
          {block.of.map((one, index) => (
            <Fragment key={index}>{drawBlock(one, draw)}</Fragment>
          ))}
        </blockquote>
      );
    case 'list': {
      const items = block.items.map((item, index) => (
        <li key={index} dir="auto">
          {item.map((one, place) => (
            <Fragment key={place}>{drawBlock(one, draw)}</Fragment>
          ))}
        </li>
      ));
      return block.from === null ? (
        <ul dir="auto">{items}</ul>
      ) : (
        <ol dir="auto" start={block.from}>
          {items}
        </ol>
      );
    }
  }
}

function drawInlines(inlines: readonly Inline[], draw: Draw): ReactNode[] {
  return inlines.map((one, index) => <Fragment key={index}>{drawInline(one, draw)}</Fragment>);
}

function drawInline(one: Inline, draw: Draw): ReactNode {
  if (typeof one === 'string') return mayHaveEmoji(one) ? <EmojiText text={one} /> : called(one, draw);
  switch (one.t) {
    case 'strong':
      return <strong>{drawInlines(one.of, draw)}</strong>;
    case 'em':
      return <em>{drawInlines(one.of, draw)}</em>;
    case 'del':
      return <del>{drawInlines(one.of, draw)}</del>;
    case 'code':
      return (
        <code dir="ltr" translate="no">
          {one.text}
        </code>
      );
    case 'link':
      return (
        <a
          className="p-link chat-link"
          href={one.href}
          // Where it leads is said where the words say something else.
          title={one.href}
          target="_blank"
          rel="noopener noreferrer"
          dir="auto"
          tabIndex={draw.stops ? undefined : -1}
        >
          {drawInlines(one.of, draw)}
        </a>
      );
    case 'mention': {
      const known = draw.mentions.find(({ kind, id }) => kind === one.kind && id === one.id);
      return <Chip name={known?.name ?? one.name} mine={one.id === draw.me} />;
    }
  }
}

/** A text with `@channel` and `@here` marked, where they did call somebody. */
function called(text: string, { mentions }: Draw): ReactNode {
  const kinds = new Set(mentions.filter(({ id }) => id === null).map(({ kind }) => kind as string));
  if (kinds.size === 0) return text;
  const parts: ReactNode[] = [];
  let from = 0;
  for (const match of text.matchAll(everybody)) {
    if (!kinds.has(match[1] ?? '')) continue;
    parts.push(text.slice(from, match.index), <Chip key={match.index} name={match[1] ?? ''} mine />);
    from = match.index + match[0].length;
  }
  parts.push(text.slice(from));
  return parts;
}

function Chip({ name, mine }: { name: string; mine: boolean }) {
  return (
    <bdi className="chat-mention" data-me={mine || undefined}>
      @{name}
    </bdi>
  );
}
