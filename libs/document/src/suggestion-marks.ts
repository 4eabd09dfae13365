import { Extension, Mark } from '@tiptap/core';

/** Allowed on whole blocks, and on code too: names of the groups that the editor looks for. */
const group = 'blockLevelSuggestion annotation';

/** Which suggestion it is (of one id are all parts of one), who made it (a person's uuid) and when (ms since 1970). */
const attributes = {
  id: { default: null },
  person: { default: '' },
  at: { default: 0 },
};

/** Never part of a block's plain content: a suggestion says something about a text, it is no style of it. */
const extendMarkSchema = (name: string) => (extension: { name: string }) =>
  extension.name === name ? { blocknoteIgnore: true } : {};

function attributesOf(values: Readonly<Record<string, unknown>>): Record<string, string> {
  return {
    'data-id': JSON.stringify(values.id),
    'data-person': String(values.person ?? ''),
    'data-at': String(values.at ?? 0),
  };
}

function parsed(element: HTMLElement): Record<string, unknown> | false {
  const { id, person, at } = element.dataset;
  if (id === undefined || id === '') return false;
  return { id: JSON.parse(id) as unknown, person: person ?? '', at: Number(at ?? 0) };
}

function changeMark(name: 'insertion' | 'deletion', tag: 'ins' | 'del') {
  return Mark.create({
    name,
    group,
    inclusive: false,
    // Not one another: what somebody inserts may meanwhile be taken away by somebody else, and a mark that excludes the
    // other would lose one of the two when both arrive.
    excludes: name,
    addAttributes: () => attributes,
    parseHTML: () => [{ tag, getAttrs: (element: HTMLElement | string) => parsed(element as HTMLElement) }],
    renderHTML: ({ mark }) => [tag, attributesOf(mark.attrs), 0],
    extendMarkSchema: extendMarkSchema(name),
  });
}

/** What somebody would like to add. */
export const InsertionMark = changeMark('insertion', 'ins');
/** What somebody would like to take away. */
export const DeletionMark = changeMark('deletion', 'del');

/** What somebody would like otherwise: `type` of change (attribute, mark or node type), of what, from what to what. */
export const ModificationMark = Mark.create({
  name: 'modification',
  group,
  inclusive: false,
  excludes: 'modification',
  addAttributes: () => ({
    ...attributes,
    type: { default: '' },
    attrName: { default: null },
    previousValue: { default: null },
    newValue: { default: null },
  }),
  parseHTML: () => [
    {
      tag: '[data-type="modification"]',
      getAttrs: (element: HTMLElement | string) => {
        const { modType, modAttr, modPrevVal, modNewVal } = (element as HTMLElement).dataset;
        const common = parsed(element as HTMLElement);
        if (common === false) return false;
        const value = (text: string | undefined) => JSON.parse(text ?? 'null') as unknown;
        return {
          ...common,
          type: modType ?? '',
          attrName: modAttr ?? null,
          previousValue: value(modPrevVal),
          newValue: value(modNewVal),
        };
      },
    },
  ],
  renderHTML: ({ mark }) => [
    'span',
    {
      ...attributesOf(mark.attrs),
      'data-type': 'modification',
      'data-mod-type': String(mark.attrs.type),
      ...(mark.attrs.attrName === null ? {} : { 'data-mod-attr': String(mark.attrs.attrName) }),
      'data-mod-prev-val': JSON.stringify(mark.attrs.previousValue),
      'data-mod-new-val': JSON.stringify(mark.attrs.newValue),
    },
    0,
  ],
  extendMarkSchema: extendMarkSchema('modification'),
});

/**
 * What somebody suggests about a whole block, on its container: the binding to the shared document keeps no marks of
 * nodes. An object by kind (insert, delete, split, join, change), each with id, person and time.
 */
export const BlockSuggestion = Extension.create({
  name: 'blockSuggestion',
  addGlobalAttributes: () => [
    {
      types: ['blockContainer'],
      attributes: { suggested: { default: null, keepOnSplit: false, rendered: false } },
    },
  ],
});
