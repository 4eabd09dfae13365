import { escaped } from './paper.ts';

/** A link around what is written already. */
export function link(href: string, inner: string): string {
  return `<text:a xlink:type="simple" xlink:href="${escaped(href)}">${inner}</text:a>`;
}

/** Text with its breaks, tabs and spaces, which the format would otherwise fold. */
export function words(text: string): string {
  return escaped(text)
    .replace(/^ | {2,}| $/g, (spaces) => `<text:s text:c="${spaces.length}"/>`)
    .replaceAll('\t', '<text:tab/>')
    .replaceAll('\n', '<text:line-break/>');
}
