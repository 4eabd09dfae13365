import * as buffer from 'lib0/buffer';
import * as sha256 from 'lib0/hash/sha256';
import * as Y from 'yjs';
import type { Block, Cell, Inline, Mark, TextRun, Value, Values } from './block.ts';
import { fragmentName } from './version.ts';

/** Client id under which the server writes first content; editors draw theirs at random from 32 bits. */
const serverClientId = 1;
/** Marks that may stand several times on one text: each is stored under a key of its own. */
export const overlappingMarks: ReadonlySet<string> = new Set(['comment', 'modification']);
const hashBytes = 6;

const colours = { backgroundColor: 'default', textColor: 'default' };
const aligned = { ...colours, textAlignment: 'left' };
const text = { ...aligned, textDirection: 'auto' };
const cellDefaults = { ...aligned, colwidth: null };
const file = { backgroundColor: 'default', name: '', url: '', caption: '' };
const preview = { ...file, textAlignment: 'left', showPreview: true };

/** The attributes that an editor would store with a block that was not told more. */
const defaultsOf: Readonly<Record<string, Values>> = {
  paragraph: text,
  heading: { ...text, level: 1, isToggleable: false },
  bulletListItem: text,
  numberedListItem: text,
  checkListItem: { ...text, checked: false },
  toggleListItem: text,
  quote: { ...colours, textDirection: 'auto' },
  codeBlock: { language: 'text' },
  table: { textColor: 'default' },
  image: preview,
  video: preview,
  audio: { ...file, showPreview: true },
  file,
  task: { ...text, checked: false, assignee: '', due: '' },
  callout: { ...text, tone: 'info' },
  formula: { tex: '' },
  embed: { kind: 'document', ref: '', messageSeq: 0 },
  column: { width: 1 },
};

/**
 * The Yjs update (v1) of a new document with these blocks, stored as the editor stores them. The same blocks with the
 * same ids give the same bytes. To be made once, on the server, with the document or with its new epoch.
 */
export function updateOf(blocks: readonly Block[]): Uint8Array {
  const doc = new Y.Doc({ gc: false });
  doc.clientID = serverClientId;
  doc.transact(() => doc.getXmlFragment(fragmentName).insert(0, [groupOf(blocks)]));
  const update = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return update;
}

function element(
  name: string,
  values: Values,
  children: readonly (Y.XmlElement | Y.XmlText)[],
): Y.XmlElement {
  const made = new Y.XmlElement(name);
  // Yjs keeps any JSON value in an attribute; its types only know of strings. What is null is not stored.
  for (const [key, value] of Object.entries(values))
    if (value !== null) made.setAttribute(key, value as string);
  made.insert(0, [...children]);
  return made;
}

function groupOf(blocks: readonly Block[]): Y.XmlElement {
  return element('blockGroup', {}, blocks.map(nodeOf));
}

/** The node of a block in its group: a column's own, or its content in a container. */
function nodeOf(block: Block): Y.XmlElement {
  const { id, type, props, children } = block;
  if (type === 'columnList' || type === 'column')
    return element(type, { id, ...defaultsOf[type], ...props }, children.map(nodeOf));
  const parts = [contentNodeOf(block)];
  if (children.length > 0) parts.push(groupOf(children));
  return element('blockContainer', { id }, parts);
}

function contentNodeOf({ type, props, content, rows }: Block): Y.XmlElement {
  const values = { ...defaultsOf[type], ...props };
  if (rows === undefined) return element(type, values, lineOf(content));
  return element(
    type,
    values,
    rows.map((row) => element('tableRow', {}, row.map(cellOf))),
  );
}

function cellOf({ header, colspan, rowspan, props, content }: Cell): Y.XmlElement {
  const values = { ...cellDefaults, ...props, colspan, rowspan };
  return element(header ? 'tableHeader' : 'tableCell', values, [
    element('tableParagraph', {}, lineOf(content)),
  ]);
}

/** What stands in a line: texts, and the things among them. */
function lineOf(content: readonly Inline[]): (Y.XmlElement | Y.XmlText)[] {
  const made: (Y.XmlElement | Y.XmlText)[] = [];
  let runs: TextRun[] = [];
  const flush = () => {
    if (runs.some(({ text }) => text !== '')) made.push(textOf(runs));
    runs = [];
  };
  for (const one of content) {
    if (one.type === 'text') runs.push(one);
    else {
      flush();
      const text = one.text === '' ? [] : [textOf([{ type: 'text', text: one.text, marks: [] }])];
      made.push(element(one.name, one.props, text));
    }
  }
  flush();
  return made;
}

function textOf(runs: readonly TextRun[]): Y.XmlText {
  const text = new Y.XmlText();
  text.applyDelta(
    runs
      .filter((run) => run.text !== '')
      .map((run) => ({ insert: run.text, attributes: attributesOf(run.marks) })),
  );
  return text;
}

/** The attributes under which marks are stored, as y-prosemirror names them. */
function attributesOf(marks: readonly Mark[]): Record<string, Value> {
  return Object.fromEntries(marks.map((mark) => [keyOf(mark), mark.attributes]));
}

function keyOf({ name, attributes }: Mark): string {
  if (!overlappingMarks.has(name)) return name;
  const digest = sha256.digest(buffer.encodeAny({ type: name, attrs: attributes }));
  for (let at = hashBytes; at < digest.length; at++)
    digest[at % hashBytes] = (digest[at % hashBytes] as number) ^ (digest[at] as number);
  return `${name}--${buffer.toBase64(digest.slice(0, hashBytes))}`;
}
