/** A value of an attribute: of a block, an inline or a mark. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };
export type Values = Readonly<Record<string, Value>>;

/** A stretch of text; `marks` by name (`bold`, `link`, `comment`, `insertion` …) with their attributes. */
export interface TextRun {
  readonly type: 'text';
  readonly text: string;
  /** A mark that may stand several times on one text (`comment`) has one entry per name and value. */
  readonly marks: readonly Mark[];
}
export interface Mark {
  readonly name: string;
  readonly attributes: Values;
}
/** A thing within a line that is no text: `mention`, `math`, or one that this release does not know. */
export interface InlineThing {
  readonly type: 'thing';
  readonly name: string;
  readonly props: Values;
  /** The text that it holds, where it holds any. */
  readonly text: string;
}
export type Inline = TextRun | InlineThing;

export interface Cell {
  readonly header: boolean;
  readonly colspan: number;
  readonly rowspan: number;
  /** `colwidth` (pixels per column that it spans, or null), colours and alignment. */
  readonly props: Values;
  readonly content: readonly Inline[];
}

/**
 * A block as it is stored, read without a schema: the same for every block, known or not. `type` and `props` are the
 * names and attributes of docs/decisions/001; a table has `rows`, all others have `content` (empty for those without).
 */
export interface Block {
  readonly id: string;
  readonly type: string;
  readonly props: Values;
  readonly content: readonly Inline[];
  readonly rows?: readonly (readonly Cell[])[];
  readonly children: readonly Block[];
}

/** The text of a line without its marks; a break within the line is a line feed. */
export function plainText(content: readonly Inline[]): string {
  return content.map((one) => (one.type === 'text' ? one.text : labelOf(one))).join('');
}

/** What a thing within a line says where it cannot be shown. */
function labelOf({ name, props, text }: InlineThing): string {
  const said = name === 'math' ? props.tex : props.label;
  return typeof said === 'string' && said !== '' ? said : text;
}
