import type { DocumentInline } from '@parvis/contract/doc-blocks';
import type { ReactNode } from 'react';
import type { ReadingContext } from './reading-context.ts';
import { safeUrl } from './safe-url.ts';

type Run = Extract<DocumentInline, { type: 'text' }>;
type Thing = Extract<DocumentInline, { type: 'thing' }>;
type Mark = Run['marks'][number];

/** What stands in a line: texts with their marks, mentions and formulas. */
export function Inlines({
  content,
  context,
}: {
  content: readonly DocumentInline[];
  context: ReadingContext;
}) {
  return content.map((one, at) =>
    one.type === 'text' ? (
      <Text key={at} run={one} context={context} />
    ) : (
      <Inside key={at} thing={one} context={context} />
    ),
  );
}

function Text({ run, context }: { run: Run; context: ReadingContext }) {
  const lines = run.text.split('\n');
  const words = lines.flatMap((line, at) => (at === 0 ? [line] : [<br key={at} />, line]));
  return run.marks.reduce<ReactNode>((inside, mark) => marked(mark, inside, context), words);
}

/** Colours that a text may be given: their names, as the style sheet knows them. */
const colourShape = /^[a-z]{3,10}$/;

function marked({ name, attributes }: Mark, inside: ReactNode, context: ReadingContext): ReactNode {
  const { words } = context;
  switch (name) {
    case 'added':
    case 'removed':
    case 'written':
      return <By what={name} by={attributes.by} context={context} inside={inside} />;
    case 'bold':
      return <strong>{inside}</strong>;
    case 'italic':
      return <em>{inside}</em>;
    case 'underline':
      return <u>{inside}</u>;
    case 'strike':
      return <s>{inside}</s>;
    case 'code':
      return <code>{inside}</code>;
    case 'insertion':
      return (
        <ins>
          <span className="p-sr">{words.inserted} </span>
          {inside}
        </ins>
      );
    case 'deletion':
      return (
        <del>
          <span className="p-sr">{words.deleted} </span>
          {inside}
        </del>
      );
    case 'textColor':
    case 'backgroundColor': {
      const value = String(attributes.stringValue ?? '');
      const data = name === 'textColor' ? { 'data-colour': value } : { 'data-ground': value };
      return colourShape.test(value) ? <span {...data}>{inside}</span> : inside;
    }
    case 'link': {
      const url = safeUrl(String(attributes.href ?? ''));
      return url === null ? (
        inside
      ) : (
        <a href={url} rel="noopener noreferrer nofollow">
          {inside}
        </a>
      );
    }
    // Comments are beside the text; a mark that is not known leaves the words as they are.
    default:
      return inside;
  }
}

interface ByProps {
  what: 'added' | 'removed' | 'written';
  /** A person's id, where it is known. */
  by: unknown;
  context: ReadingContext;
  inside: ReactNode;
}

/** Text that somebody added, removed or wrote: to be seen by its line and colour, and to be heard in words. */
function By({ what, by, context, inside }: ByProps) {
  const who = typeof by === 'string' ? by : null;
  const words = context.told?.(what, who) ?? context.words[what === 'removed' ? 'deleted' : 'inserted'];
  const Tag = what === 'added' ? 'ins' : what === 'removed' ? 'del' : 'span';
  return (
    <Tag
      className={`read-${what}`}
      title={words}
      data-hue={what === 'written' && who !== null ? context.hueOf?.(who) : undefined}
    >
      <span className="p-sr">{words} </span>
      {inside}
    </Tag>
  );
}

/** A thing in a line; what became of it is told by its own attributes, since it bears no marks. */
function Inside({ thing, context }: { thing: Thing; context: ReadingContext }) {
  const bare = <Bare thing={thing} context={context} />;
  const what = (['added', 'removed', 'written'] as const).find((name) => name in thing.props);
  return what === undefined ? (
    bare
  ) : (
    <By what={what} by={thing.props[what]} context={context} inside={bare} />
  );
}

function Bare({ thing, context }: { thing: Thing; context: ReadingContext }) {
  const { name, props, text } = thing;
  if (name === 'math') {
    const tex = String(props.tex ?? '');
    const html = context.renderTex?.(tex, false);
    if (html === undefined) return <code dir="ltr">{tex}</code>;
    return <span dir="ltr" dangerouslySetInnerHTML={{ __html: html }} />;
  }
  if (name !== 'mention') return text;
  const label = String(props.label ?? '');
  const way = context.wayTo?.(String(props.kind ?? ''), String(props.ref ?? '')) ?? null;
  const words = <bdi>{props.kind === 'person' ? `@${label}` : label}</bdi>;
  return way === null ? (
    <span className="read-mention">{words}</span>
  ) : (
    <a className="read-mention" href={way}>
      {words}
    </a>
  );
}
