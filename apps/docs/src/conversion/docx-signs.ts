import { attributeOf, descendants, downTo, type Element } from './xml.ts';

export const highlights: Readonly<Record<string, string>> = {
  yellow: 'yellow',
  green: 'green',
  cyan: 'blue',
  blue: 'blue',
  red: 'red',
  magenta: 'pink',
  lightGray: 'gray',
  darkYellow: 'orange',
};
/** Elements that say nothing about the text. */
export const silent = new Set([
  'pPr',
  'rPr',
  'proofErr',
  'bookmarkStart',
  'bookmarkEnd',
  'lastRenderedPageBreak',
  'permStart',
  'permEnd',
  'commentReference',
  'annotationRef',
  'sdtPr',
  'sdtEndPr',
  'footnoteRef',
  'endnoteRef',
  'softHyphen',
  'moveFromRangeStart',
  'moveFromRangeEnd',
  'moveToRangeStart',
  'moveToRangeEnd',
  'smartTagPr',
  'fldData',
  'instrText',
  'delInstrText',
]);

/** Pixels that a drawing is shown in. */
export function widthOf(element: Element): number | null {
  const extent = descendants(element, 'extent')[0] ?? downTo(element, 'inline', 'extent');
  const emu = Number(attributeOf(extent, 'cx') ?? Number.NaN);
  return Number.isFinite(emu) && emu > 0 ? Math.round(emu / 9_525) : null;
}
