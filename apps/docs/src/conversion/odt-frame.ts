import { escaped, type Paper } from './paper.ts';
import type { Part } from './zip.ts';

const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
const oasis = 'urn:oasis:names:tc:opendocument:xmlns';
const namespaces = `xmlns:office="${oasis}:office:1.0" xmlns:style="${oasis}:style:1.0" xmlns:text="${oasis}:text:1.0" xmlns:table="${oasis}:table:1.0" xmlns:draw="${oasis}:drawing:1.0" xmlns:fo="${oasis}:xsl-fo-compatible:1.0" xmlns:svg="${oasis}:svg-compatible:1.0" xmlns:meta="${oasis}:meta:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0" office:version="1.3"`;
const mimetype = 'application/vnd.oasis.opendocument.text';

interface Inside {
  readonly body: string;
  /** Automatic styles. */
  readonly styles: readonly string[];
  readonly changes: readonly string[];
  readonly media: readonly Part[];
}

/** The parts of an odt. The first one is its type, stored as it is: so that it can be read without unpacking. */
export function odtFrame(paper: Paper, { body, styles, changes, media }: Inside): Part[] {
  const part = (path: string, text: string): Part => ({ path, bytes: Buffer.from(head + text) });
  const tracked =
    changes.length === 0
      ? ''
      : `<text:tracked-changes text:track-changes="false">${changes.join('')}</text:tracked-changes>`;
  const own =
    '<style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties fo:padding="0.1cm" fo:border="0.5pt solid #c9c6bb"/></style:style><style:style style:name="CellHead" style:family="table-cell"><style:table-cell-properties fo:padding="0.1cm" fo:border="0.5pt solid #c9c6bb" fo:background-color="#f4f2ec"/></style:style><style:style style:name="Table" style:family="table"><style:table-properties table:align="margins"/></style:style>';
  const content = `<office:document-content ${namespaces}><office:automatic-styles>${own}${styles.join('')}${lists}</office:automatic-styles><office:body><office:text>${tracked}${body}</office:text></office:body></office:document-content>`;
  const files = ['content.xml', 'styles.xml', 'meta.xml'].map(
    (path) => `<manifest:file-entry manifest:full-path="${path}" manifest:media-type="text/xml"/>`,
  );
  const pictures = media.map(
    ({ path }) =>
      `<manifest:file-entry manifest:full-path="${path}" manifest:media-type="image/${path.endsWith('.jpg') ? 'jpeg' : path.slice(path.lastIndexOf('.') + 1)}"/>`,
  );
  return [
    { path: 'mimetype', bytes: Buffer.from(mimetype), stored: true },
    part(
      'META-INF/manifest.xml',
      `<manifest:manifest xmlns:manifest="${oasis}:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="${mimetype}"/>${files.join('')}${pictures.join('')}</manifest:manifest>`,
    ),
    part('content.xml', content),
    part('styles.xml', stylesOf(paper.locale)),
    part(
      'meta.xml',
      `<office:document-meta ${namespaces}><office:meta><meta:generator>Parvis</meta:generator><dc:title>${escaped(paper.title)}</dc:title><dc:language>${paper.locale}</dc:language></office:meta></office:document-meta>`,
    ),
    ...media,
  ];
}

const nine = Array.from({ length: 10 }, (_, at) => at + 1);
const indent = (level: number) =>
  `<style:list-level-properties text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment text:label-followed-by="listtab" fo:text-indent="-0.6cm" fo:margin-left="${(level * 0.8).toFixed(1)}cm"/></style:list-level-properties>`;
const lists = [
  `<text:list-style style:name="LBullet">${nine.map((level) => `<text:list-level-style-bullet text:level="${level}" text:bullet-char="${['•', '◦', '▪'][(level - 1) % 3] ?? '•'}">${indent(level)}</text:list-level-style-bullet>`).join('')}</text:list-style>`,
  `<text:list-style style:name="LNumber">${nine.map((level) => `<text:list-level-style-number text:level="${level}" style:num-suffix="." style:num-format="${['1', 'a', 'i'][(level - 1) % 3] ?? '1'}">${indent(level)}</text:list-level-style-number>`).join('')}</text:list-style>`,
  `<text:list-style style:name="LCheck">${nine.map((level) => `<text:list-level-style-number text:level="${level}" style:num-format="">${indent(level)}</text:list-level-style-number>`).join('')}</text:list-style>`,
].join('');

function stylesOf(locale: Paper['locale']): string {
  const style = (name: string, display: string, paragraph: string, text: string, parent = 'Standard') =>
    `<style:style style:name="${name}" style:display-name="${display}" style:family="paragraph"${name === 'Standard' ? '' : ` style:parent-style-name="${parent}"`}><style:paragraph-properties ${paragraph}/><style:text-properties ${text}/></style:style>`;
  const heading = (level: number) =>
    `<style:style style:name="Heading_20_${level}" style:display-name="Heading ${level}" style:family="paragraph" style:parent-style-name="Standard" style:default-outline-level="${level}"><style:paragraph-properties fo:margin-top="0.4cm" fo:margin-bottom="0.15cm" fo:keep-with-next="always"/><style:text-properties fo:font-weight="bold" style:font-weight-complex="bold" fo:font-size="${[18, 15, 13, 12, 11, 11][level - 1] ?? 11}pt"/></style:style>`;
  const grounds = { info: 'eef0fb', success: 'e6f4e9', warning: 'fdf3d9', danger: 'fce8e6' };
  const made = [
    style('Standard', 'Standard', 'fo:margin-bottom="0.2cm" fo:line-height="115%"', 'fo:font-size="11pt"'),
    style(
      'Title',
      'Title',
      'fo:margin-bottom="0.5cm"',
      'fo:font-size="22pt" fo:font-weight="bold" style:font-weight-complex="bold"',
    ),
    ...[1, 2, 3, 4, 5, 6].map(heading),
    style(
      'Quotations',
      'Quotations',
      'fo:margin-left="0.5cm" fo:border-left="1.5pt solid #b9b5d8" fo:padding-left="0.3cm"',
      'fo:color="#45485c"',
    ),
    ...Object.entries(grounds).map(([tone, ground]) =>
      style(
        `Callout_20_${tone}`,
        `Callout ${tone}`,
        `fo:background-color="#${ground}" fo:padding="0.2cm"`,
        '',
      ),
    ),
    style(
      'Preformatted_20_Text',
      'Preformatted Text',
      'fo:background-color="#f4f2ec" fo:padding="0.2cm"',
      'style:font-name="Monospace" fo:font-family="monospace"',
    ),
    style(
      'Horizontal_20_Line',
      'Horizontal Line',
      'fo:border-bottom="0.5pt solid #c9c6bb"',
      'fo:font-size="6pt"',
    ),
    style('Formula', 'Formula', 'fo:text-align="center"', ''),
    style('Caption', 'Caption', '', 'fo:color="#5a5d70" fo:font-size="9.5pt"'),
    style('Table_20_Contents', 'Table Contents', '', ''),
    style('Table_20_Heading', 'Table Heading', '', 'fo:font-weight="bold" style:font-weight-complex="bold"'),
    '<style:style style:name="ParvisMath" style:display-name="ParvisMath" style:family="text"><style:text-properties style:font-name="Monospace" fo:font-family="monospace"/></style:style>',
  ].join('');
  const country = { fr: 'FR', en: 'GB', ar: 'SA' }[locale];
  const page = `<office:automatic-styles><style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin="2cm" style:writing-mode="${locale === 'ar' ? 'rl-tb' : 'lr-tb'}"/></style:page-layout></office:automatic-styles><office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A4"/></office:master-styles>`;
  return `<office:document-styles ${namespaces}><office:styles><style:default-style style:family="paragraph"><style:text-properties fo:language="${locale === 'ar' ? 'fr' : locale}" fo:country="${locale === 'ar' ? 'FR' : country}" style:language-complex="ar" style:country-complex="SA"/></style:default-style>${made}</office:styles>${page}</office:document-styles>`;
}
