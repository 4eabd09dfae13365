import type { Block, Inline, Mark, Values } from './block.ts';

/** A text that stands in it. */
export const words = 'read it';
export const uuid = '01890000-0000-7000-8000-000000000001';
let serial = 0;
const text = (said: string, ...marks: Mark[]): Inline => ({ type: 'text', text: said, marks });
const thing = (name: string, props: Values): Inline => ({ type: 'thing', name, props, text: '' });
function block(type: string, props: Values, content: Inline[] = [], children: Block[] = []): Block {
  serial += 1;
  return { id: `b${serial}`, type, props, content, children };
}
const change: Values = { id: 1, person: uuid, at: 5 };

/** Every kind of block, inline and mark that there is. */
export const everything: Block[] = [
  block('heading', { level: 4, textDirection: 'rtl' }, [text('عنوان')]),
  block('paragraph', {}, [
    text(
      'a',
      { name: 'bold', attributes: {} },
      { name: 'comment', attributes: { orphan: false, threadId: uuid } },
    ),
    text('b', { name: 'insertion', attributes: change }),
    text('c', { name: 'deletion', attributes: change }),
    text('d', {
      name: 'modification',
      attributes: {
        ...change,
        type: 'mark',
        attrName: null,
        previousValue: null,
        newValue: { type: 'bold' },
      },
    }),
    text('e', { name: 'textColor', attributes: { stringValue: 'red' } }),
    text('f', { name: 'link', attributes: { href: 'https://example.org' } }),
    thing('mention', { kind: 'person', ref: uuid, label: 'Amina' }),
    text(' and '),
    thing('math', { tex: 'x^2' }),
  ]),
  block('bulletListItem', {}, [text('one')], [block('numberedListItem', { start: 3 }, [text('three')])]),
  block('checkListItem', { checked: true }, [text('done')]),
  block('toggleListItem', {}, [text('more')], [block('paragraph', {}, [text('inside')])]),
  block('quote', {}, [text('said')]),
  block('codeBlock', { language: 'typescript' }, [text('const a = 1;\nconst b = 2;')]),
  block('divider', {}),
  block('image', { url: `/api/drive/files/${uuid}/content?inline=1`, previewWidth: 320, caption: 'a' }),
  block('video', { url: 'v' }),
  block('audio', { url: 'a' }),
  block('file', { url: 'f', name: 'plan.pdf' }),
  block('task', { checked: false, assignee: uuid, due: '2026-12-01' }, [text(words)]),
  block('callout', { tone: 'warning' }, [text('mind')]),
  block('formula', { tex: 'e=mc^2' }),
  block('embed', { kind: 'message', ref: uuid, messageSeq: 12 }),
  block('toc', {}),
  block(
    'columnList',
    {},
    [],
    [
      block('column', { width: 1 }, [], [block('paragraph', {}, [text('left')])]),
      block('column', { width: 2 }, [], [block('paragraph', {}, [text('right')])]),
    ],
  ),
  {
    ...block('table', { textColor: 'default' }),
    rows: [
      [{ header: true, colspan: 2, rowspan: 1, props: { colwidth: [80, 120] }, content: [text('both')] }],
      [
        { header: false, colspan: 1, rowspan: 1, props: { colwidth: [80] }, content: [text('one')] },
        {
          header: false,
          colspan: 1,
          rowspan: 1,
          props: { backgroundColor: 'red', colwidth: [120] },
          content: [],
        },
      ],
    ],
  },
  block('paragraph', {}),
];
