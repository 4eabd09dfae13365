import { createBlockSpecFromTiptapNode, suggestionMarks } from '@blocknote/core';
import { Node } from '@tiptap/core';

const columnListNode = Node.create({
  name: 'columnList',
  group: 'childContainer bnBlock blockGroupChild',
  content: 'column column+',
  priority: 40,
  defining: true,
  marks() {
    return suggestionMarks(this.editor);
  },
  parseHTML: () => [{ tag: 'div[data-node-type="columnList"]' }],
  renderHTML({ HTMLAttributes }) {
    const dom = document.createElement('div');
    dom.className = 'bn-block-column-list';
    dom.dataset.nodeType = 'columnList';
    for (const [name, value] of Object.entries(HTMLAttributes)) dom.setAttribute(name, String(value));
    return { dom, contentDOM: dom };
  },
});

const columnNode = Node.create({
  name: 'column',
  group: 'bnBlock childContainer',
  content: 'blockContainer+',
  priority: 40,
  defining: true,
  marks() {
    return suggestionMarks(this.editor);
  },
  addAttributes: () => ({
    width: {
      default: 1,
      parseHTML: (element: HTMLElement) => Number(element.getAttribute('data-width') ?? 1) || 1,
      renderHTML: ({ width }: { width?: number }) => ({ 'data-width': String(width ?? 1) }),
    },
  }),
  parseHTML: () => [{ tag: 'div[data-node-type="column"]' }],
  renderHTML({ HTMLAttributes }) {
    const dom = document.createElement('div');
    dom.className = 'bn-block-column';
    dom.dataset.nodeType = 'column';
    for (const [name, value] of Object.entries(HTMLAttributes)) dom.setAttribute(name, String(value));
    dom.style.flexGrow = String(HTMLAttributes['data-width'] ?? 1);
    return { dom, contentDOM: dom };
  },
});

/** Columns side by side, at least two; each holds blocks. */
export const columnListSpec = createBlockSpecFromTiptapNode(
  { node: columnListNode, type: 'columnList', content: 'none' },
  {},
);

/** One of them: its width is its share of the line beside the others', 1 by default. */
export const columnSpec = createBlockSpecFromTiptapNode(
  { node: columnNode, type: 'column', content: 'none' },
  { width: { default: 1 } },
);
