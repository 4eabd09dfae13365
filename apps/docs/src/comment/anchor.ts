import { fragmentName } from '@parvis/document/version';
import { quoteLengthMax } from '@parvis/contract/limits';
import * as buffer from 'lib0/buffer';
import * as sha256 from 'lib0/hash/sha256';
import * as Y from 'yjs';
import { type Stored, updatesAfter } from '../log/log.ts';

/** What puts a mark on the text: a Yjs update (v1), and the words that it covers. */
export interface Anchored {
  readonly update: Uint8Array;
  readonly quote: string;
}

/** Bytes of the hash that tells marks of one name apart. */
const hashBytes = 6;

/**
 * The attribute under which the editor's binding (y-prosemirror) stores the mark of a thread: several may stand on one
 * text, so that the name carries a hash of the mark. Any other name would be rewritten by the next who types there.
 */
function attributeOf(threadId: string): { name: string; value: { orphan: boolean; threadId: string } } {
  const value = { orphan: false, threadId };
  const digest = sha256.digest(buffer.encodeAny({ type: 'comment', attrs: value }));
  const folded = digest.slice(0, hashBytes);
  for (let i = hashBytes; i < digest.length; i++)
    folded[i % hashBytes] = (folded[i % hashBytes] ?? 0) ^ (digest[i] ?? 0);
  return { name: `comment--${buffer.toBase64(folded)}`, value };
}

/** All texts of a document, in the order in which they are read. */
function textsIn(node: Y.XmlFragment | Y.XmlElement): Y.XmlText[] {
  return node.toArray().flatMap((child) => {
    if (child instanceof Y.XmlText) return [child];
    return child instanceof Y.XmlFragment ? textsIn(child) : [];
  });
}

/** The document as it is stored, to be thrown away: the log is not written to by it. */
function docOf(stored: Stored): Y.Doc {
  const doc = new Y.Doc();
  if (stored.snapshot) Y.applyUpdate(doc, stored.snapshot.bytes);
  for (const update of updatesAfter(stored)) Y.applyUpdate(doc, update);
  return doc;
}

interface Spot {
  readonly text: number;
  readonly at: number;
}

/** Where a client's relative position is now, or null when it names what is not there. */
function spotOf(doc: Y.Doc, texts: readonly Y.XmlText[], place: string): Spot | null {
  try {
    const relative = Y.decodeRelativePosition(Buffer.from(place, 'base64'));
    const found = Y.createAbsolutePositionFromRelativePosition(relative, doc);
    const text = texts.indexOf(found?.type as Y.XmlText);
    return found === null || text < 0 ? null : { text, at: found.index };
  } catch {
    return null;
  }
}

function change(doc: Y.Doc, act: () => void): Uint8Array {
  const before = Y.encodeStateVector(doc);
  doc.transact(act);
  return Y.encodeStateAsUpdate(doc, before);
}

function wordsOf(text: Y.XmlText, from: number, to: number): string {
  let at = 0;
  let words = '';
  for (const { insert } of text.toDelta() as { insert: unknown }[]) {
    const piece = typeof insert === 'string' ? insert : ' ';
    words += piece.slice(Math.max(0, from - at), Math.max(0, to - at));
    at += piece.length;
  }
  return words;
}

/**
 * Marks the text between two places (Yjs relative positions in base64) with a thread. `unknown`: a place is not in this
 * document, or not yet; `empty`: there is no text between them.
 */
export function markText(
  stored: Stored,
  range: { start: string; end: string },
  threadId: string,
): Anchored | 'unknown' | 'empty' {
  const doc = docOf(stored);
  try {
    const texts = textsIn(doc.getXmlFragment(fragmentName));
    const ends = [range.start, range.end].flatMap((place) => spotOf(doc, texts, place) ?? []);
    if (ends.length < 2) return 'unknown';
    const [from, to] = ends.toSorted((a, b) => a.text - b.text || a.at - b.at) as [Spot, Spot];
    const { name, value } = attributeOf(threadId);
    const pieces: string[] = [];
    const update = change(doc, () => {
      for (const [i, text] of texts.slice(from.text, to.text + 1).entries()) {
        const start = i === 0 ? from.at : 0;
        const end = from.text + i === to.text ? to.at : text.length;
        if (end <= start) continue;
        pieces.push(wordsOf(text, start, end));
        text.format(start, end - start, { [name]: value });
      }
    });
    const quote = pieces.join('\n').trim().slice(0, quoteLengthMax).toWellFormed();
    return pieces.length === 0 ? 'empty' : { update, quote };
  } finally {
    doc.destroy();
  }
}

/** Takes the mark of a thread off the text; null when it is nowhere. */
export function unmarkText(stored: Stored, threadId: string): Uint8Array | null {
  const doc = docOf(stored);
  try {
    let marked = false;
    const update = change(doc, () => {
      for (const text of textsIn(doc.getXmlFragment(fragmentName))) {
        let at = 0;
        for (const { insert, attributes = {} } of text.toDelta() as Delta[]) {
          const length = typeof insert === 'string' ? insert.length : 1;
          const names = Object.keys(attributes).filter((name) => isOf(name, attributes[name], threadId));
          if (names.length > 0)
            text.format(at, length, Object.fromEntries(names.map((name) => [name, null])));
          marked ||= names.length > 0;
          at += length;
        }
      }
    });
    return marked ? update : null;
  } finally {
    doc.destroy();
  }
}

interface Delta {
  readonly insert: unknown;
  readonly attributes?: Record<string, unknown>;
}

function isOf(name: string, value: unknown, threadId: string): boolean {
  if (name !== 'comment' && !name.startsWith('comment--')) return false;
  return typeof value === 'object' && value !== null && 'threadId' in value && value.threadId === threadId;
}
