import type { TextRun } from '@parvis/document/block';
import { hexOf } from './colours.ts';
import { escaped, marked, said } from './paper.ts';

/** Twentieths of a point that each level is moved in. */
export const levelTwips = 720;

export interface Given {
  readonly style?: string;
  /** Number of the list (`w:numId`). */
  readonly list?: number;
  readonly before?: string;
  readonly after?: string;
  readonly content?: string;
  readonly hang?: boolean;
  readonly ltr?: boolean;
}

const alignments: Readonly<Record<string, string>> = { center: 'center', right: 'right', justify: 'both' };

/** In the order that the format's schema demands. */
export function paragraphProps(
  { style, list, hang }: Given,
  rtl: boolean,
  level: number,
  align: string,
): string {
  const made = [
    style === undefined ? '' : `<w:pStyle w:val="${style}"/>`,
    list === undefined
      ? ''
      : `<w:numPr><w:ilvl w:val="${Math.min(8, level)}"/><w:numId w:val="${list}"/></w:numPr>`,
    rtl ? '<w:bidi/>' : '',
    hang === true
      ? `<w:ind w:left="${(level + 1) * levelTwips}" w:hanging="360"/>`
      : list === undefined && level > 0
        ? `<w:ind w:left="${level * levelTwips}"/>`
        : '',
    alignments[align] === undefined ? '' : `<w:jc w:val="${alignments[align]}"/>`,
  ].join('');
  return made === '' ? '' : `<w:pPr>${made}</w:pPr>`;
}

export function runProps(marks: TextRun['marks'], isLink: boolean, rtl: boolean): string {
  const on = (name: string) => marked(marks, name) !== undefined;
  const text = hexOf(said(marked(marks, 'textColor')?.attributes.stringValue), false);
  const ground = hexOf(said(marked(marks, 'backgroundColor')?.attributes.stringValue), true);
  return [
    isLink ? '<w:rStyle w:val="Hyperlink"/>' : on('code') ? '<w:rStyle w:val="CodeCharacter"/>' : '',
    isLink && on('code') ? '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Consolas"/>' : '',
    on('bold') ? '<w:b/><w:bCs/>' : '',
    on('italic') ? '<w:i/><w:iCs/>' : '',
    on('strike') ? '<w:strike/>' : '',
    text === null ? '' : `<w:color w:val="${text}"/>`,
    on('underline') ? '<w:u w:val="single"/>' : '',
    ground === null ? '' : `<w:shd w:val="clear" w:color="auto" w:fill="${ground}"/>`,
    rtl ? '<w:rtl/>' : '',
  ].join('');
}

export function run(text: string, props: string, deleted = false): string {
  const tag = deleted ? 'w:delText' : 'w:t';
  const inner = text
    .split('\n')
    .map((line) =>
      line
        .split('\t')
        .map((one) => (one === '' ? '' : `<${tag} xml:space="preserve">${escaped(one)}</${tag}>`))
        .join('<w:tab/>'),
    )
    .join('<w:br/>');
  return `<w:r>${props === '' ? '' : `<w:rPr>${props}</w:rPr>`}${inner}</w:r>`;
}

export const hyperlink = '<w:rStyle w:val="Hyperlink"/>';
export const texStyle = '<w:rStyle w:val="ParvisTex"/>';

/** A named control around paragraphs or text: invisible in Word, kept by it, and read again by us. */
export function control(tag: string, inner: string): string {
  return `<w:sdt><w:sdtPr><w:tag w:val="${escaped(tag)}"/></w:sdtPr><w:sdtContent>${inner}</w:sdtContent></w:sdt>`;
}

export function checkbox(checked: boolean): string {
  return `<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="${checked ? 1 : 0}"/></w14:checkbox></w:sdtPr><w:sdtContent>${run(checked ? '☒' : '☐', '')}</w:sdtContent></w:sdt>${run(' ', '<w:rStyle w:val="ParvisFacts"/>')}`;
}
