import { type Block, type Cell, type Inline, type Mark, type Values } from '@parvis/document/block';
import fc from 'fast-check';
import type { Found, Paper } from './paper.ts';
import { sortedMarks } from './paper.ts';

/** A picture of one pixel. */
export const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNwcNjwHwAEJAIw48ZUgQAAAABJRU5ErkJggg==',
  'base64',
);

export const text = (words: string, ...names: string[]): Inline => ({
  type: 'text',
  text: words,
  marks: sortedMarks(names.map((name) => ({ name, attributes: {} }))),
});
export const block = (
  type: string,
  props: Values,
  content: readonly Inline[] = [],
  children: readonly Block[] = [],
): Block => ({ id: '', type, props, content, children });

export function paperOf(blocks: readonly Block[], more: Partial<Paper> = {}): Paper {
  return {
    title: 'Note',
    locale: 'fr',
    blocks,
    conversations: [],
    people: {},
    pictures: {},
    origin: 'https://parvis.example',
    ...more,
  };
}

const person = '018f0000-0000-7000-8000-000000000001';
export const wholePaper = paperOf(
  [
    block('heading', { level: 1 }, [text('Budget & plan <2027>')]),
    block('paragraph', {}, [
      text('Un '),
      text('gras', 'bold'),
      text(' et '),
      text('code()', 'code'),
      text(' puis '),
      {
        type: 'text',
        text: 'un lien',
        marks: [{ name: 'link', attributes: { href: 'https://example.org/a?b=1&c=2' } }],
      },
    ]),
    block('paragraph', {}, [text('مرحبا بكم في المنتدى'), text(' بخط عريض', 'bold')]),
    block(
      'bulletListItem',
      {},
      [text('un')],
      [block('numberedListItem', {}, [text('deux')]), block('numberedListItem', {}, [text('trois')])],
    ),
    block('numberedListItem', {}, [text('premier')]),
    block('checkListItem', { checked: true }, [text('fait')]),
    block('task', { checked: false, assignee: person, due: '2027-01-31' }, [text('Relire le budget')]),
    block('quote', {}, [text('Une citation')]),
    block('callout', { tone: 'warning' }, [text('Attention à la marche')]),
    block('codeBlock', { language: 'typescript' }, [text('const a = 1;\n\tif (a < 2) b();')]),
    block('formula', { tex: '\\frac{a}{b}' }),
    block('divider', {}),
    {
      ...block('table', {}),
      rows: [
        [cell('A', true), cell('B', true)],
        [{ ...cell('haut', false), rowspan: 2 }, cell('x', false)],
        [cell('y', false)],
        [{ ...cell('large', false), colspan: 2 }],
      ],
    },
    block('image', {
      url: '/api/drive/files/018f0000-0000-7000-8000-0000000000aa/content?inline=1',
      name: 'point.png',
      caption: 'Un point',
    }),
    block('file', {
      url: '/api/drive/files/018f0000-0000-7000-8000-0000000000ab/content',
      name: 'budget.xlsx',
      caption: '',
    }),
    block('embed', { kind: 'meeting', ref: person, messageSeq: 0 }),
    block('toc', {}),
    block(
      'columnList',
      {},
      [],
      [
        block('column', { width: 1 }, [], [block('paragraph', {}, [text('gauche')])]),
        block('column', { width: 1 }, [], [block('paragraph', {}, [text('droite')])]),
      ],
    ),
    block('paragraph', {}, [
      text('avec '),
      {
        type: 'thing',
        name: 'mention',
        props: { kind: 'person', ref: person, label: 'Amina Haddad' },
        text: '',
      },
      text(' et '),
      { type: 'thing', name: 'math', props: { tex: 'x^{2}' }, text: '' },
    ]),
    block('paragraph', {}, [
      text('à '),
      commented('revoir'),
      text(', '),
      changed('insertion', 'ajouté', 1),
      changed('deletion', 'ôté', 2),
    ]),
  ],
  {
    people: { [person]: 'Amina Haddad' },
    pictures: {
      '/api/drive/files/018f0000-0000-7000-8000-0000000000aa/content?inline=1': {
        bytes: onePixel,
        mediaType: 'image/png',
      },
    },
    conversations: [
      {
        id: 'c1',
        resolved: false,
        remarks: [
          { author: 'Amina Haddad', at: '2026-11-20T09:00:00.000Z', text: 'Pourquoi ?\nDeux lignes' },
          { author: 'Luc Martin', at: '2026-11-20T10:30:00.000Z', text: 'Parce que « budget »' },
        ],
      },
    ],
  },
);

function cell(words: string, header: boolean): Cell {
  return { header, colspan: 1, rowspan: 1, props: {}, content: [text(words)] };
}
function commented(words: string): Inline {
  return {
    type: 'text',
    text: words,
    marks: [{ name: 'comment', attributes: { orphan: false, threadId: 'c1' } }],
  };
}
function changed(name: string, words: string, id: number): Inline {
  return {
    type: 'text',
    text: words,
    marks: [{ name, attributes: { id, person: 'file:Luc Martin', at: Date.UTC(2026, 10, 20, 12) } }],
  };
}

/** Blocks without what a way through a file may change: ids, defaults, and names of conversations. */
export function bare(blocks: readonly Block[], conversations: Found['conversations'] = []): unknown {
  const names = new Map(conversations.map(({ id }, at) => [id, `c${at + 1}`]));
  const mark = ({ name, attributes }: Mark): Mark =>
    name === 'comment'
      ? {
          name,
          attributes: {
            ...attributes,
            threadId: names.get(String(attributes.threadId)) ?? String(attributes.threadId),
          },
        }
      : { name, attributes };
  const line = (content: readonly Inline[]) =>
    content.map((one) => (one.type === 'text' ? { ...one, marks: one.marks.map(mark) } : one));
  return blocks.map(({ type, props, content, rows, children }) => {
    const { previewWidth: _, ...kept } = props;
    return {
      type,
      props: kept,
      content: line(content),
      ...(rows === undefined
        ? {}
        : {
            rows: rows.map((row) =>
              row.map(({ props: __, ...one }) => ({ ...one, content: line(one.content) })),
            ),
          }),
      children: bare(children, conversations),
    };
  });
}

/** Words without space at their ends, which no format of text keeps. */
const word = fc.stringMatching(/^[a-zà-ÿ<&*_#"'`[\]|\\.0-9]{1,8}$/);
const arabic = fc.constantFrom('سلام', 'كتاب مفتوح', 'وزارة');
const markNames = fc.subarray(['bold', 'italic', 'strike', 'code'], { maxLength: 3 });

/** Lines whose neighbours always differ in their marks. */
const line = fc
  .array(fc.tuple(fc.oneof({ weight: 4, arbitrary: word }, arbitraryArabic()), markNames), {
    minLength: 1,
    maxLength: 4,
  })
  .map((runs) =>
    runs
      .filter(([, names], at) => at === 0 || JSON.stringify(names) !== JSON.stringify(runs[at - 1]?.[1]))
      .map(([words, names]) => text(words, ...names)),
  );
function arbitraryArabic() {
  return arabic;
}

const leafTypes = [
  'paragraph',
  'heading',
  'bulletListItem',
  'numberedListItem',
  'checkListItem',
  'quote',
] as const;
function blockAt(depth: number): fc.Arbitrary<Block> {
  return fc
    .tuple(
      fc.constantFrom(...leafTypes),
      line,
      fc.boolean(),
      fc.integer({ min: 1, max: 6 }),
      depth === 0 ? fc.constant([]) : fc.array(blockAt(depth - 1), { maxLength: 2 }),
    )
    .map(([type, content, checked, level, children]) =>
      block(
        type,
        type === 'heading' ? { level } : type === 'checkListItem' ? { checked } : {},
        content,
        type.endsWith('ListItem') ? children : [],
      ),
    );
}

/** Documents of what every format can say. */
export const someBlocks = fc.array(blockAt(2), { minLength: 1, maxLength: 5 });
