import { randomUUID } from 'node:crypto';
import { boardName } from '@parvis/document/board';
import { fragmentName } from '@parvis/document/version';
import * as Y from 'yjs';

type Attributes = Record<string, unknown>;
interface Piece {
  insert: unknown;
  attributes?: Attributes;
}
/** Comments stay with the text that they were written on. Yjs knows their mark also by a hash behind its name. */
const isComment = (mark: string): boolean => mark === 'comment' || mark.startsWith('comment--');

/** Client id of first content, as in every document that the server begins. */
const serverClientId = 1;

/**
 * The first content of a document of its own with the same text: every block and mark is taken over as it is stored,
 * known or not, with new block ids, and what is drawn on a board; without comments and without the traces of what was deleted.
 */
export function copyOf(source: Y.Doc): Y.Doc {
  const copy = new Y.Doc({ gc: false });
  copy.clientID = serverClientId;
  copy.transact(() => {
    const parts = source.getXmlFragment(fragmentName).toArray().map(clone);
    copy.getXmlFragment(fragmentName).insert(0, parts);
    const drawn = copy.getMap(boardName);
    for (const [id, shape] of source.getMap(boardName))
      drawn.set(id, shape instanceof Y.Map ? shape.clone() : shape);
  });
  return copy;
}

function clone(node: Y.XmlElement | Y.XmlText | Y.XmlHook): Y.XmlElement | Y.XmlText {
  if (node instanceof Y.XmlText) return cloneText(node);
  const element = node as Y.XmlElement;
  const made = new Y.XmlElement(element.nodeName);
  for (const [key, value] of Object.entries(element.getAttributes() as Attributes)) {
    // Yjs keeps any JSON value in an attribute; its types only know of strings.
    if (value !== undefined) made.setAttribute(key, (key === 'id' ? randomUUID() : value) as string);
  }
  made.insert(0, element.toArray().map(clone));
  return made;
}

function cloneText(text: Y.XmlText): Y.XmlText {
  const made = new Y.XmlText();
  const delta = (text.toDelta() as Piece[]).map(({ insert, attributes = {} }) => ({
    insert: insert instanceof Y.XmlElement || insert instanceof Y.XmlText ? clone(insert) : insert,
    attributes: Object.fromEntries(Object.entries(attributes).filter(([mark]) => !isComment(mark))),
  }));
  made.applyDelta(delta, { sanitize: false });
  return made;
}
