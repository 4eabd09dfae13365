import { type Block, type Inline, plainText, type Value } from '@parvis/document/block';
import { blocksOf } from '@parvis/document/read-blocks';
import type * as Y from 'yjs';

/** A line of a document: the text of one block. */
export interface Line {
  readonly blockId: string;
  readonly text: string;
  /** Type of the block, and the level of a heading; 0 for the rest. */
  readonly kind: string;
  readonly level: number;
}
/** A block names another thing, or a person. */
export interface Named {
  readonly blockId: string;
  readonly kind: string;
  readonly ref: string;
  readonly context: string;
}
export interface FoundTask {
  readonly blockId: string;
  readonly text: string;
  readonly checked: boolean;
  readonly assignee: string | null;
  /** YYYY-MM-DD. */
  readonly due: string | null;
}
export interface Gathered {
  readonly lines: readonly Line[];
  readonly links: readonly Named[];
  readonly mentions: readonly Named[];
  readonly tasks: readonly FoundTask[];
}

/** Characters of a block's text that are shown where it is named from. */
const contextLengthMax = 200;
/** Rows of each kind that one document may bring. */
const rowsMax = 5_000;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** An address of a document of the house, whole or from the root. */
const documentAddress = /^(?:https?:\/\/[^/]+)?\/docs\/([0-9a-f-]{36})(?:[?#]|$)/i;

/** U+0000 and halves of characters cannot be kept by PostgreSQL. */
function clean(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '').replaceAll(/\s+/g, ' ').trim();
}

const textOf = (value: Value | undefined): string => (typeof value === 'string' ? value : '');

/** A uuid in lower case, or null for anything else. */
function uuidOf(value: Value | undefined): string | null {
  const text = textOf(value).toLowerCase();
  return uuid.test(text) ? text : null;
}

/** A day that the calendar has; whatever else somebody wrote there is none. */
function dayOf(value: Value | undefined): string | null {
  const text = textOf(value);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text.startsWith('0000')) return null;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text) ? text : null;
}

function contentOf({ content, rows }: Block): readonly Inline[] {
  return rows === undefined ? content : rows.flat().flatMap((cell) => [...cell.content, space]);
}
const space: Inline = { type: 'text', text: ' ', marks: [] };

/** What a block says: its text, or what an image, a file or a formula is called. */
function wordsOf(block: Block): string {
  const { name, caption, tex } = block.props;
  return clean([plainText(contentOf(block)), textOf(name), textOf(caption), textOf(tex)].join(' '));
}

interface Target {
  readonly kind: string;
  readonly ref: string;
}

/** What the inlines of a block, or an embed, lead to. */
function targetsOf(block: Block): Target[] {
  const targets: Target[] = [];
  const add = (kind: string, ref: string | null) => {
    if (ref !== null && kind !== '') targets.push({ kind, ref });
  };
  if (block.type === 'embed') add(textOf(block.props.kind), uuidOf(block.props.ref));
  for (const one of contentOf(block)) {
    if (one.type === 'thing') {
      if (one.name === 'mention') add(textOf(one.props.kind), uuidOf(one.props.ref));
      continue;
    }
    for (const { name, attributes } of one.marks)
      if (name === 'link') add('document', uuidOf(documentAddress.exec(textOf(attributes.href))?.[1]));
  }
  return targets;
}

class Gatherer {
  readonly lines: Line[] = [];
  readonly links = new Map<string, Named>();
  readonly mentions = new Map<string, Named>();
  readonly tasks = new Map<string, FoundTask>();

  walk(blocks: readonly Block[]): void {
    for (const block of blocks) {
      this.#take(block);
      this.walk(block.children);
    }
  }

  #take(block: Block): void {
    const blockId = clean(block.id);
    const text = wordsOf(block);
    const { level } = block.props;
    if (text !== '')
      this.lines.push({ blockId, text, kind: block.type, level: typeof level === 'number' ? level : 0 });
    const context = Array.from(text).slice(0, contextLengthMax).join('');
    for (const { kind, ref } of targetsOf(block))
      keep(kind === 'person' ? this.mentions : this.links, `${blockId} ${ref}`, {
        blockId,
        kind,
        ref,
        context,
      });
    if (block.type !== 'task') return;
    const { checked, assignee, due } = block.props;
    keep(this.tasks, blockId, {
      blockId,
      text,
      checked: checked === true,
      assignee: uuidOf(assignee),
      due: dayOf(due),
    });
  }
}

function keep<T>(into: Map<string, T>, key: string, value: T): void {
  if (into.size < rowsMax) into.set(key, value);
}

/** What the index keeps of a document. */
export function gather(doc: Y.Doc): Gathered {
  const found = new Gatherer();
  found.walk(blocksOf(doc));
  return {
    lines: found.lines,
    links: [...found.links.values()],
    mentions: [...found.mentions.values()],
    tasks: [...found.tasks.values()],
  };
}
