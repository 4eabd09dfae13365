import { type DOMOutputSpec, type MarkSpec, type NodeSpec, Schema } from 'prosemirror-model';

/** Whom a mention calls: `channel` and `here` have no id, and are written as plain words. */
export type MentionKind = 'person' | 'group' | 'channel' | 'here';

export interface MentionAttrs {
  readonly kind: MentionKind;
  readonly id: string | null;
  readonly name: string;
}

const auto = { dir: 'auto' };
const nodes = {
  doc: { content: 'block+' },
  /** One line as it is typed: Shift+Enter makes the next one. */
  paragraph: {
    group: 'block',
    content: 'inline*',
    parseDOM: [{ tag: 'p' }, { tag: 'div' }, { tag: 'h1,h2,h3,h4,h5,h6' }],
    toDOM: (): DOMOutputSpec => ['p', auto, 0],
  },
  blockquote: {
    group: 'block',
    content: 'block+',
    defining: true,
    parseDOM: [{ tag: 'blockquote' }],
    toDOM: (): DOMOutputSpec => ['blockquote', 0],
  },
  code_block: {
    group: 'block',
    content: 'text*',
    marks: '',
    code: true,
    defining: true,
    attrs: { language: { default: '' } },
    parseDOM: [{ tag: 'pre', preserveWhitespace: 'full' }],
    toDOM: (node): DOMOutputSpec => [
      'pre',
      { dir: 'ltr', 'data-language': node.attrs.language || null },
      ['code', 0],
    ],
  },
  bullet_list: {
    group: 'block',
    content: 'list_item+',
    parseDOM: [{ tag: 'ul' }],
    toDOM: (): DOMOutputSpec => ['ul', 0],
  },
  ordered_list: {
    group: 'block',
    content: 'list_item+',
    attrs: { order: { default: 1 } },
    parseDOM: [{ tag: 'ol', getAttrs: (dom) => ({ order: (dom as HTMLOListElement).start || 1 }) }],
    toDOM: (node): DOMOutputSpec => ['ol', { start: node.attrs.order === 1 ? null : node.attrs.order }, 0],
  },
  list_item: {
    content: 'paragraph block*',
    defining: true,
    parseDOM: [{ tag: 'li' }],
    toDOM: (): DOMOutputSpec => ['li', auto, 0],
  },
  text: { group: 'inline' },
  mention: {
    group: 'inline',
    inline: true,
    atom: true,
    selectable: false,
    attrs: { kind: {}, id: { default: null }, name: { default: '' } },
    leafText: (node) => `@${node.attrs.name}`,
    parseDOM: [
      {
        tag: 'span[data-mention]',
        getAttrs: (dom) => {
          const { mention, mentionId, name } = (dom as HTMLElement).dataset;
          return { kind: mention, id: mentionId ?? null, name: name ?? '' };
        },
      },
    ],
    toDOM: (node): DOMOutputSpec => [
      'span',
      {
        class: 'chat-mention',
        'data-mention': node.attrs.kind,
        'data-mention-id': node.attrs.id,
        'data-name': node.attrs.name,
      },
      ['bdi', `@${node.attrs.name}`],
    ],
  },
} satisfies Record<string, NodeSpec>;

const marks = {
  link: {
    attrs: { href: {} },
    inclusive: false,
    parseDOM: [
      {
        tag: 'a[href]',
        getAttrs: (dom) => {
          const href = (dom as HTMLAnchorElement).getAttribute('href') ?? '';
          return /^(https?:|mailto:)/i.test(href) ? { href } : false;
        },
      },
    ],
    toDOM: (mark): DOMOutputSpec => ['a', { href: mark.attrs.href, rel: 'noopener noreferrer' }, 0],
  },
  strong: {
    parseDOM: [
      { tag: 'strong' },
      { tag: 'b', getAttrs: (dom) => (dom as HTMLElement).style.fontWeight !== 'normal' && null },
      { style: 'font-weight=bold' },
      { style: 'font-weight=700' },
    ],
    toDOM: (): DOMOutputSpec => ['strong', 0],
  },
  em: {
    parseDOM: [{ tag: 'em' }, { tag: 'i' }, { style: 'font-style=italic' }],
    toDOM: (): DOMOutputSpec => ['em', 0],
  },
  strike: {
    parseDOM: [{ tag: 's' }, { tag: 'del' }, { style: 'text-decoration=line-through' }],
    toDOM: (): DOMOutputSpec => ['s', 0],
  },
  code: {
    excludes: '_',
    code: true,
    parseDOM: [{ tag: 'code' }],
    toDOM: (): DOMOutputSpec => ['code', { dir: 'ltr' }, 0],
  },
} satisfies Record<string, MarkSpec>;

/** What a message can hold: the Markdown of messages, as a tree that can be written in. */
export const schema = new Schema({ nodes, marks });
