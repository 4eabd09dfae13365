import { type BlockConfig, type CustomInlineContentConfig, defaultProps } from '@blocknote/core';

/** Direction of a text: found from its first letter, or said by hand. */
export const textDirections = ['auto', 'ltr', 'rtl'] as const;
export const textDirection = { textDirection: { default: 'auto', values: textDirections } } as const;

export const tones = ['info', 'success', 'warning', 'danger'] as const;

/** Things of other rooms that a document may show; each reader sees of them what they may see there. */
export const embedKinds = ['document', 'channel', 'message', 'meeting', 'file'] as const;

/** A thing to be done: by whom (a person's uuid, or '') and until when ('YYYY-MM-DD', or ''). */
export const taskConfig = {
  type: 'task',
  propSchema: {
    ...defaultProps,
    ...textDirection,
    checked: { default: false },
    assignee: { default: '' },
    due: { default: '' },
  },
  content: 'inline',
} as const satisfies BlockConfig;

/** A text that stands out. */
export const calloutConfig = {
  type: 'callout',
  propSchema: { ...defaultProps, ...textDirection, tone: { default: 'info', values: tones } },
  content: 'inline',
} as const satisfies BlockConfig;

/** A formula on a line of its own, written in TeX. */
export const formulaConfig = {
  type: 'formula',
  propSchema: { tex: { default: '' } },
  content: 'none',
} as const satisfies BlockConfig;

/** A card of a thing elsewhere: its uuid, and for a message its number in the channel. */
export const embedConfig = {
  type: 'embed',
  propSchema: {
    kind: { default: 'document', values: embedKinds },
    ref: { default: '' },
    messageSeq: { default: 0 },
  },
  content: 'none',
} as const satisfies BlockConfig;

/** The headings of the document, listed where the block stands. */
export const tocConfig = { type: 'toc', propSchema: {}, content: 'none' } as const satisfies BlockConfig;

/** A person or a document named in a line; the label is what they were called when it was written. */
export const mentionConfig = {
  type: 'mention',
  propSchema: {
    kind: { default: 'person', values: ['person', 'document'] },
    ref: { default: '' },
    label: { default: '' },
  },
  content: 'none',
} as const satisfies CustomInlineContentConfig;

/** A formula within a line, written in TeX. */
export const mathConfig = {
  type: 'math',
  propSchema: { tex: { default: '' } },
  content: 'none',
} as const satisfies CustomInlineContentConfig;
