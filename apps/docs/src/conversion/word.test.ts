import { expect, test } from 'vitest';
import { readDocx } from './read-docx.ts';
import { bare, block, onePixel, text } from './sample.kit.ts';
import { zip } from './zip.ts';

const word = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const open = `xmlns:w="${word}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:v="urn:schemas-microsoft-com:vml"`;

/** A docx of these paragraphs, with the parts that Word would write around them. */
function docx(body: string, more: Record<string, string | Buffer> = {}): Promise<Uint8Array> {
  const parts: Record<string, string | Buffer> = {
    '[Content_Types].xml': '<Types/>',
    'word/document.xml': `<w:document ${open}><w:body>${body}<w:sectPr/></w:body></w:document>`,
    'word/styles.xml': `<w:styles xmlns:w="${word}"><w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Sous"><w:name w:val="Mon titre"/><w:basedOn w:val="Titre1"/></w:style><w:style w:type="paragraph" w:styleId="Liste"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style><w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/></w:style></w:styles>`,
    'word/numbering.xml': `<w:numbering xmlns:w="${word}"><w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/></w:lvl></w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num></w:numbering>`,
    ...more,
  };
  return zip(Object.entries(parts).map(([path, bytes]) => ({ path, bytes: Buffer.from(bytes) })));
}
const p = (inner: string, pPr = '') =>
  `<w:p w:rsidR="00A1" w:rsidRDefault="00B2">${pPr === '' ? '' : `<w:pPr>${pPr}</w:pPr>`}${inner}</w:p>`;
const r = (words: string, rPr = '') =>
  `<w:r w:rsidRPr="00C3">${rPr === '' ? '' : `<w:rPr>${rPr}</w:rPr>`}<w:t xml:space="preserve">${words}</w:t></w:r>`;

test('styles, lists by style and level, smart tags, split runs and fields are read as Word means them', async () => {
  const found = await readDocx(
    await docx(
      [
        p(r('Un '), '<w:pStyle w:val="Titre1"/>'),
        p(r('Sous'), '<w:pStyle w:val="Sous"/>'),
        p(
          `${r('à ')}<w:proofErr w:type="spellStart"/><w:smartTag w:uri="x" w:element="y">${r('Paris', '<w:rStyle w:val="Strong"/>')}</w:smartTag>${r(' ou')}${r(' non', '<w:b w:val="0"/>')}`,
        ),
        p(r('point'), '<w:pStyle w:val="Liste"/>'),
        p(r('lettre'), '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="7"/></w:numPr>'),
        p(
          `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://example.org/" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${r('lien')}<w:r><w:fldChar w:fldCharType="end"/></w:r>`,
        ),
        p(r('עברית'), '<w:bidi/>'),
      ].join(''),
    ),
  );
  const link = {
    type: 'text' as const,
    text: 'lien',
    marks: [{ name: 'link', attributes: { href: 'https://example.org/' } }],
  };
  expect(bare(found.blocks)).toEqual(
    bare([
      block('heading', { level: 1 }, [text('Un ')]),
      block('heading', { level: 1 }, [text('Sous')]),
      block('paragraph', {}, [text('à '), text('Paris', 'bold'), text(' ou non')]),
      block('bulletListItem', {}, [text('point')], [block('numberedListItem', {}, [text('lettre')])]),
      block('paragraph', {}, [link]),
      block('paragraph', {}, [text('עברית')]),
    ]),
  );
  expect(found.lost).toEqual({});
});

test('tables with spans, pictures in both forms of drawing, formulas and footnotes keep what they say', async () => {
  const drawing =
    '<w:drawing><wp:inline><wp:extent cx="95250" cy="95250"/><wp:docPr id="1" name="Image 1" descr="Un point"/><a:blip r:embed="rId5"/></wp:inline></w:drawing>';
  const cell = (words: string, tcPr = '') => `<w:tc><w:tcPr>${tcPr}</w:tcPr>${p(r(words))}</w:tc>`;
  const found = await readDocx(
    await docx(
      [
        `<w:tbl><w:tblPr/><w:tr><w:trPr><w:tblHeader/></w:trPr>${cell('A', '<w:gridSpan w:val="2"/>')}</w:tr><w:tr>${cell('x', '<w:vMerge w:val="restart"/>')}${cell('y')}</w:tr><w:tr>${cell('', '<w:vMerge/>')}${cell('z')}</w:tr></w:tbl>`,
        p(
          `<w:r><mc:AlternateContent><mc:Choice Requires="wps">${drawing}</mc:Choice><mc:Fallback><w:pict><v:imagedata r:id="rId5"/></w:pict></mc:Fallback></mc:AlternateContent></w:r>`,
        ),
        p(
          '<m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>β</m:t></m:r></m:den></m:f></m:oMath>',
        ),
        p(`${r('voir')}<w:r><w:footnoteReference w:id="2"/></w:r>`),
      ].join(''),
      {
        'word/_rels/document.xml.rels':
          '<Relationships><Relationship Id="rId5" Type="image" Target="media/image1.png"/></Relationships>',
        'word/media/image1.png': onePixel,
        'word/footnotes.xml': `<w:footnotes ${open}><w:footnote w:id="2">${p(r('La note'))}</w:footnote></w:footnotes>`,
        'word/vbaProject.bin': 'x',
      },
    ),
  );
  expect(
    found.blocks[0]?.rows?.map((row) =>
      row.map(({ header, colspan, rowspan }) => [header, colspan, rowspan]),
    ),
  ).toEqual([
    [[true, 2, 1]],
    [
      [false, 1, 2],
      [false, 1, 1],
    ],
    [[false, 1, 1]],
  ]);
  expect(found.blocks[1]).toMatchObject({
    type: 'image',
    props: { url: 'picture:1', caption: 'Un point', previewWidth: 10 },
  });
  expect(found.blocks[2]?.content).toMatchObject([{ name: 'math', props: { tex: '\\frac{a}{\\beta}' } }]);
  expect(bare(found.blocks.slice(3))).toEqual(
    bare([block('paragraph', {}, [text('voir[1]')]), block('paragraph', {}, [text('[1] La note')])]),
  );
  expect(found.lost).toEqual({ footnote: 1, macros: 1 });
});
