import { attributeOf, childOf, childrenOf, descendants, type Element } from './xml.ts';

/** What a style says that we keep, with what it inherits. */
export interface OdtStyle {
  /** Lower-case name of the named style at its root that we know something about. */
  readonly base: string;
  readonly rtl: boolean;
  readonly align: string | undefined;
  readonly marks: readonly string[];
  readonly colour: string | undefined;
  readonly ground: string | undefined;
}

const known =
  /^(title|quotations|preformatted text|horizontal line|formula|parvismath|callout (info|success|warning|danger))$/;
const alignments: Readonly<Record<string, string>> = {
  center: 'center',
  end: 'right',
  right: 'right',
  justify: 'justify',
};

export function stylesOf(named: Element | null, content: Element): Map<string, OdtStyle> {
  const raw = new Map(
    [...descendants(named, 'style'), ...descendants(content, 'style')].map((one) => [
      attributeOf(one, 'name') ?? '',
      one,
    ]),
  );
  const made = new Map<string, OdtStyle>();
  const styleOf = (name: string, seen: ReadonlySet<string>): OdtStyle => {
    const ready = made.get(name);
    if (ready !== undefined) return ready;
    const element = raw.get(name);
    const parent = attributeOf(element, 'parent-style-name');
    const below =
      parent !== undefined && raw.has(parent) && !seen.has(parent)
        ? styleOf(parent, new Set([...seen, name]))
        : undefined;
    const own = (attributeOf(element, 'display-name') ?? name.replaceAll('_20_', ' ')).toLowerCase();
    const paragraph = childOf(element, 'paragraph-properties');
    const mode = attributeOf(paragraph, 'writing-mode');
    const align = attributeOf(paragraph, 'text-align');
    const style: OdtStyle = {
      base: known.test(own) ? own : (below?.base ?? ''),
      rtl: mode === undefined || mode === 'page' ? (below?.rtl ?? false) : mode.startsWith('rl'),
      align: align === undefined ? below?.align : alignments[align],
      ...lookOf(childOf(element, 'text-properties')),
    };
    made.set(name, style);
    return style;
  };
  for (const name of raw.keys()) styleOf(name, new Set([name]));
  return made;
}

function lookOf(text: Element | undefined): Pick<OdtStyle, 'marks' | 'colour' | 'ground'> {
  const is = (name: string, shape: RegExp) => shape.test(attributeOf(text, name) ?? '');
  const marks = [
    ...(is('font-weight', /^(bold|[6-9]00)$/) ? ['bold'] : []),
    ...(is('font-style', /^(italic|oblique)$/) ? ['italic'] : []),
    ...(is('text-underline-style', /^(?!none)./) ? ['underline'] : []),
    ...(is('text-line-through-style', /^(?!none)./) ? ['strike'] : []),
    ...(is('font-name', /mono|courier|consolas/i) || is('font-family', /mono|courier|consolas/i)
      ? ['code']
      : []),
  ];
  return { marks, colour: attributeOf(text, 'color'), ground: attributeOf(text, 'background-color') };
}

/** The type of block for the items of a list by its style and level. */
export function listsOf(named: Element | null, content: Element): (name: string, level: number) => string {
  const styles = new Map(
    [...descendants(named, 'list-style'), ...descendants(content, 'list-style')].map((one) => [
      attributeOf(one, 'name') ?? '',
      one,
    ]),
  );
  return (name, level) => {
    const found = childrenOf(styles.get(name)).find((one) => attributeOf(one, 'level') === String(level));
    return found?.localName === 'list-level-style-number' && attributeOf(found, 'num-format') !== ''
      ? 'numberedListItem'
      : 'bulletListItem';
  };
}
