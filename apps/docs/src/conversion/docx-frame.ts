import { escaped, type Paper } from './paper.ts';
import type { Relation } from './docx-line-writer.ts';
import type { Part } from './zip.ts';

const office = 'http://schemas.openxmlformats.org/officeDocument/2006';
const word = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
export const namespaces = `xmlns:w="${word}" xmlns:r="${office}/relationships" xmlns:m="${office}/math" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" mc:Ignorable="w14 w15"`;

interface Inside {
  readonly body: string;
  readonly relations: readonly Relation[];
  /** How many numbered lists there are. */
  readonly lists: number;
  /** Styles that carry what a block is, and what they are based on. */
  readonly styles: ReadonlyMap<string, string>;
}

/** The parts of a docx around its text. */
export function frameOf(paper: Paper, { body, relations, lists, styles: more }: Inside): Part[] {
  const part = (path: string, text: string): Part => ({ path, bytes: Buffer.from(head + text) });
  const bidi = paper.locale === 'ar' ? '<w:bidi/>' : '';
  const document = `<w:document ${namespaces}><w:body>${body}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="708" w:footer="708" w:gutter="0"/>${bidi}</w:sectPr></w:body></w:document>`;
  return [
    part('[Content_Types].xml', contentTypes),
    part(
      '_rels/.rels',
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${office}/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/><Relationship Id="rId3" Type="${office}/relationships/extended-properties" Target="docProps/app.xml"/></Relationships>`,
    ),
    part(
      'docProps/app.xml',
      `<Properties xmlns="${office}/extended-properties"><Application>Parvis</Application></Properties>`,
    ),
    part(
      'docProps/core.xml',
      `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escaped(paper.title)}</dc:title><dc:language>${paper.locale}</dc:language></cp:coreProperties>`,
    ),
    part('word/document.xml', document),
    part('word/styles.xml', styles(paper.locale, more)),
    part('word/numbering.xml', numbering(lists)),
    part(
      'word/settings.xml',
      `<w:settings xmlns:w="${word}"><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`,
    ),
    part('word/comments.xml', commentsOf(paper)),
    part('word/commentsExtended.xml', answersOf(paper)),
    part('word/_rels/document.xml.rels', relationsOf(relations)),
  ];
}

const kinds = ['document.main', 'styles', 'numbering', 'settings', 'comments'] as const;
const contentTypes = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Default Extension="jpg" ContentType="image/jpeg"/><Default Extension="gif" ContentType="image/gif"/>${kinds
  .map(
    (kind) =>
      `<Override PartName="/word/${kind.replace('.main', '')}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.${kind}+xml"/>`,
  )
  .join(
    '',
  )}<Override PartName="/word/commentsExtended.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.commentsExtended+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/><Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>`;

function relationsOf(relations: readonly Relation[]): string {
  const own = ['styles', 'numbering', 'settings', 'comments'].map(
    (name, at) =>
      `<Relationship Id="rId${at + 1}" Type="${office}/relationships/${name}" Target="${name}.xml"/>`,
  );
  const more = relations.map(
    ({ id, type, target, external }) =>
      `<Relationship Id="${id}" Type="${office}/relationships/${type}" Target="${escaped(target)}"${external ? ' TargetMode="External"' : ''}/>`,
  );
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${own.join('')}<Relationship Id="rId9" Type="http://schemas.microsoft.com/office/2011/relationships/commentsExtended" Target="commentsExtended.xml"/>${more.join('')}</Relationships>`;
}

/** Remarks of all conversations in a row: their place is their number. */
function remarksOf(paper: Paper) {
  return paper.conversations.flatMap(({ remarks, resolved }) =>
    remarks.map((remark, at) => ({ remark, at, resolved })),
  );
}
/** Names the last paragraph of a remark, by which answers point at it; below 0x80000000 and not 0. */
const paragraphId = (n: number): string => (n + 1).toString(16).toUpperCase().padStart(8, '0');

function commentsOf(paper: Paper): string {
  const one = ({ remark }: ReturnType<typeof remarksOf>[number], n: number) => {
    const lines = remark.text.split('\n');
    const paragraphs = lines.map(
      (line, at) =>
        `<w:p${at === lines.length - 1 ? ` w14:paraId="${paragraphId(n)}"` : ''}><w:pPr><w:pStyle w:val="CommentText"/></w:pPr><w:r><w:t xml:space="preserve">${escaped(line)}</w:t></w:r></w:p>`,
    );
    const when = remark.at === '' ? '' : ` w:date="${escaped(remark.at.replace(/\.\d+Z$/, 'Z'))}"`;
    return `<w:comment w:id="${n}" w:author="${escaped(remark.author)}" w:initials="${escaped([...remark.author].slice(0, 1).join(''))}"${when}>${paragraphs.join('')}</w:comment>`;
  };
  return `<w:comments ${namespaces}>${remarksOf(paper).map(one).join('')}</w:comments>`;
}

function answersOf(paper: Paper): string {
  const one = ({ at, resolved }: ReturnType<typeof remarksOf>[number], n: number) =>
    `<w15:commentEx w15:paraId="${paragraphId(n)}"${at > 0 ? ` w15:paraIdParent="${paragraphId(n - at)}"` : ''} w15:done="${resolved ? 1 : 0}"/>`;
  return `<w15:commentsEx ${namespaces}>${remarksOf(paper).map(one).join('')}</w15:commentsEx>`;
}

function numbering(lists: number): string {
  const level = (at: number, format: string, text: string) =>
    `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="${(at + 1) * 720}" w:hanging="360"/></w:pPr></w:lvl>`;
  const nine = Array.from({ length: 9 }, (_, at) => at);
  const bullets = nine.map((at) => level(at, 'bullet', ['•', '◦', '▪'][at % 3] ?? '•')).join('');
  const numbers = nine
    .map((at) => level(at, ['decimal', 'lowerLetter', 'lowerRoman'][at % 3] ?? 'decimal', `%${at + 1}.`))
    .join('');
  const restarts = nine
    .map((at) => `<w:lvlOverride w:ilvl="${at}"><w:startOverride w:val="1"/></w:lvlOverride>`)
    .join('');
  const made = Array.from(
    { length: lists },
    (_, at) => `<w:num w:numId="${at + 2}"><w:abstractNumId w:val="1"/>${restarts}</w:num>`,
  ).join('');
  return `<w:numbering xmlns:w="${word}"><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="hybridMultilevel"/>${bullets}</w:abstractNum><w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="multilevel"/>${numbers}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>${made}</w:numbering>`;
}

function styles(locale: Paper['locale'], more: ReadonlyMap<string, string>): string {
  const paragraph = (id: string, name: string, pPr: string, rPr: string) =>
    `<w:style w:type="paragraph" w:styleId="${id}"${id === 'Normal' ? ' w:default="1"' : ''}><w:name w:val="${name}"/>${id === 'Normal' ? '' : '<w:basedOn w:val="Normal"/>'}<w:qFormat/><w:pPr>${pPr}</w:pPr><w:rPr>${rPr}</w:rPr></w:style>`;
  const character = (id: string, name: string, rPr: string) =>
    `<w:style w:type="character" w:styleId="${id}"><w:name w:val="${name}"/><w:rPr>${rPr}</w:rPr></w:style>`;
  const heading = (level: number) => {
    const size = [36, 30, 26, 24, 22, 22][level - 1] ?? 22;
    return paragraph(
      `Heading${level}`,
      `heading ${level}`,
      `<w:keepNext/><w:spacing w:before="240" w:after="80"/><w:outlineLvl w:val="${level - 1}"/>`,
      `<w:b/><w:bCs/><w:sz w:val="${size}"/><w:szCs w:val="${size}"/>`,
    );
  };
  const mono = '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Consolas"/>';
  const lang = { fr: 'fr-FR', en: 'en-GB', ar: 'ar-SA' }[locale];
  return `<w:styles xmlns:w="${word}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Arial"/><w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="${locale === 'ar' ? 'fr-FR' : lang}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>${[
    paragraph('Normal', 'Normal', '', ''),
    paragraph(
      'Title',
      'Title',
      '<w:spacing w:after="240"/>',
      '<w:b/><w:bCs/><w:sz w:val="44"/><w:szCs w:val="44"/>',
    ),
    ...[1, 2, 3, 4, 5, 6].map(heading),
    paragraph('ListParagraph', 'List Paragraph', '<w:spacing w:after="40"/>', ''),
    paragraph(
      'Quote',
      'Quote',
      '<w:pBdr><w:left w:val="single" w:sz="12" w:space="10" w:color="B9B5D8"/></w:pBdr>',
      '<w:color w:val="45485C"/>',
    ),
    paragraph(
      'Callout',
      'Callout',
      '<w:pBdr><w:left w:val="single" w:sz="24" w:space="8" w:color="4B4FB0"/></w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="EEF0FB"/>',
      '',
    ),
    paragraph('CodeBlock', 'Code Block', '<w:shd w:val="clear" w:color="auto" w:fill="F4F2EC"/>', mono),
    paragraph(
      'Divider',
      'Divider',
      '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="C9C6BB"/></w:pBdr>',
      '',
    ),
    paragraph('TableHead', 'Table Head', '', '<w:b/><w:bCs/>'),
    paragraph('Caption', 'caption', '', '<w:color w:val="5A5D70"/><w:sz w:val="19"/><w:szCs w:val="19"/>'),
    paragraph('CommentText', 'annotation text', '', '<w:sz w:val="20"/><w:szCs w:val="20"/>'),
    character('CommentReference', 'annotation reference', '<w:sz w:val="16"/><w:szCs w:val="16"/>'),
    character('Hyperlink', 'Hyperlink', '<w:color w:val="3A3FA8"/><w:u w:val="single"/>'),
    character('CodeCharacter', 'Code', mono),
    character('Mention', 'Mention', '<w:color w:val="3A3FA8"/>'),
    paragraph('Formula', 'Formula', '', ''),
    ...['ParvisEmbed', 'Parvis-image', 'Parvis-file', 'Parvis-video', 'Parvis-audio'].map((id) =>
      paragraph(id, id, '', ''),
    ),
    ...[...more].map(
      ([id, base]) =>
        `<w:style w:type="paragraph" w:customStyle="1" w:styleId="${id}"><w:name w:val="${id}"/><w:basedOn w:val="${base}"/></w:style>`,
    ),
    character('ParvisTex', 'ParvisTex', mono),
    character('ParvisFacts', 'Facts', '<w:color w:val="5A5D70"/>'),
  ].join(
    '',
  )}<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:tblPr><w:tblBorders>${['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="C9C6BB"/>`).join('')}</w:tblBorders></w:tblPr></w:style></w:styles>`;
}
