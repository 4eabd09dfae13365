import './reading.css';
import type { DocumentBlock, DocumentInline } from '@parvis/contract/doc-blocks';
import type { ReactNode } from 'react';
import { CellTable } from './CellTable.tsx';
import { Inlines } from './Inlines.tsx';
import { Changed, changeOf } from './Changed.tsx';
import type { ReadingContext } from './reading-context.ts';
import { safeUrl } from './safe-url.ts';

interface Props {
  blocks: readonly DocumentBlock[];
  context: ReadingContext;
}

const listOf: Readonly<Record<string, 'ul' | 'ol'>> = {
  bulletListItem: 'ul',
  checkListItem: 'ul',
  task: 'ul',
  toggleListItem: 'ul',
  numberedListItem: 'ol',
};

/**
 * The text of a document to be read: plain HTML from plain blocks, with no editor. Every block and mark of the schema
 * has its look, and one that this release does not know shows its words.
 */
export function Blocks({ blocks, context }: Props): ReactNode {
  return runsOf(blocks).map((run) => {
    const [first] = run;
    if (first === undefined) return null;
    const list = listOf[first.type];
    if (list === undefined) return <OneBlock key={first.id} block={first} context={context} />;
    const List = list;
    const start = first.props.start;
    return (
      <List key={first.id} className={`read-${first.type}`} {...(typeof start === 'number' ? { start } : {})}>
        {run.map((block) => (
          <ListItem key={block.id} block={block} context={context} />
        ))}
      </List>
    );
  });
}

/** Neighbours that are items of one list, together; every other block alone. */
function runsOf(blocks: readonly DocumentBlock[]): DocumentBlock[][] {
  const runs: DocumentBlock[][] = [];
  for (const block of blocks) {
    const last = runs.at(-1);
    if (listOf[block.type] !== undefined && last?.[0]?.type === block.type) last.push(block);
    else runs.push([block]);
  }
  return runs;
}

interface BlockProps {
  block: DocumentBlock;
  context: ReadingContext;
}

/** The direction that a block was given, or that of its words. */
function directionOf({ props }: DocumentBlock): 'ltr' | 'rtl' | 'auto' {
  const chosen = props.textDirection;
  return chosen === 'ltr' || chosen === 'rtl' ? chosen : 'auto';
}

function ListItem({ block, context }: BlockProps) {
  const { type, props, content, children } = block;
  const ticks = type === 'checkListItem' || type === 'task';
  return (
    <li
      id={block.id}
      dir={directionOf(block)}
      data-done={(ticks && props.checked === true) || undefined}
      {...changeOf(block.id, context)}
    >
      <Changed id={block.id} context={context} />
      {ticks && (
        <span
          className="read-tick"
          role="img"
          aria-label={props.checked === true ? context.words.done : context.words.open}
        >
          {props.checked === true ? '☑' : '☐'}
        </span>
      )}
      <span className="read-words">
        <Inlines content={content} context={context} />
        {type === 'task' && typeof props.due === 'string' && props.due !== '' && (
          <time className="read-due" dateTime={props.due}>
            {props.due}
          </time>
        )}
      </span>
      <Blocks blocks={children} context={context} />
    </li>
  );
}

function OneBlock({ block, context }: BlockProps) {
  const change = changeOf(block.id, context);
  return (
    <>
      {change === null ? (
        <Body block={block} context={context} />
      ) : (
        <div className="read-change" {...change}>
          <Changed id={block.id} context={context} />
          <Body block={block} context={context} />
        </div>
      )}
      {block.type !== 'columnList' && block.type !== 'column' && block.children.length > 0 && (
        <div className="read-below">
          <Blocks blocks={block.children} context={context} />
        </div>
      )}
    </>
  );
}

const headings = ['h2', 'h3', 'h4', 'h5', 'h6', 'h6'] as const;

function Body({ block, context }: BlockProps): ReactNode {
  const { type, props, content } = block;
  const shared = { id: block.id, dir: directionOf(block) };
  const words = <Inlines content={content} context={context} />;
  switch (type) {
    case 'heading': {
      const Heading = headings[Math.min(6, Math.max(1, Number(props.level ?? 1))) - 1] ?? 'h2';
      return <Heading {...shared}>{words}</Heading>;
    }
    case 'quote':
      return <blockquote {...shared}>{words}</blockquote>;
    case 'callout':
      return (
        <div {...shared} className="read-callout" data-tone={String(props.tone ?? 'info')}>
          {words}
        </div>
      );
    case 'codeBlock':
      return (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard
        <pre id={block.id} dir="ltr" tabIndex={0}>
          <code>{plain(content)}</code>
        </pre>
      );
    case 'divider':
      return <hr id={block.id} />;
    case 'formula':
      return <Formula id={block.id} tex={String(props.tex ?? '')} context={context} />;
    case 'table':
      return <CellTable block={block} context={context} />;
    case 'columnList':
      return (
        <div className="read-columns" id={block.id}>
          {block.children.map((column) => (
            <div key={column.id}>
              <Blocks blocks={column.children} context={context} />
            </div>
          ))}
        </div>
      );
    case 'toc':
      return null;
    default:
      return <Media block={block} context={context} otherwise={<p {...shared}>{words}</p>} />;
  }
}

const plain = (content: readonly DocumentInline[]): string => content.map(({ text }) => text).join('');

function Formula({ id, tex, context }: { id: string; tex: string; context: ReadingContext }) {
  const html = context.renderTex?.(tex, true);
  if (html === undefined)
    return (
      <pre id={id} className="read-formula" dir="ltr">
        {tex}
      </pre>
    );
  // What KaTeX makes of TeX: MathML of its own, in which nothing of the text is markup.
  return <div id={id} className="read-formula" dir="ltr" dangerouslySetInnerHTML={{ __html: html }} />;
}

/** Images and files, whose bytes come from drive with the rights of whoever reads; anything else as it was given. */
function Media({ block, context, otherwise }: BlockProps & { otherwise: ReactNode }): ReactNode {
  const { type, props } = block;
  if (!['image', 'file', 'video', 'audio'].includes(type)) return otherwise;
  const url = safeUrl(typeof props.url === 'string' ? props.url : '');
  const name = String(props.name ?? '');
  const caption = String(props.caption ?? '');
  if (url === null) return name === '' ? null : <p id={block.id}>{name}</p>;
  const source = context.urlOf(url);
  return (
    <figure id={block.id}>
      {type === 'image' ? (
        <img src={source} alt={caption === '' ? name : ''} loading="lazy" />
      ) : (
        <a href={source} download={name}>
          <bdi>{name === '' ? url : name}</bdi>
        </a>
      )}
      {caption !== '' && <figcaption dir="auto">{caption}</figcaption>}
    </figure>
  );
}
