import type { Block, Inline } from '@parvis/document/block';
import katex from 'katex';
import { escaped, numbered } from './paper.ts';

/** Longest side of a formula's source; a longer one is shown as text. */
const texLengthMax = 5_000;

/** The look of a page of its own, on a screen and on paper. */
export const style = `
:root{color-scheme:light}
body{font:16px/1.55 "Readex Pro","Noto Sans","Noto Naskh Arabic",system-ui,sans-serif;color:#1f2230;max-width:46rem;margin:2rem auto;padding:0 1rem}
h1,h2,h3,h4,h5,h6{line-height:1.25;margin:1.4em 0 .4em;break-after:avoid}
p{margin:.4em 0;min-height:1em;white-space:pre-wrap}
.nested{margin-inline-start:1.5rem}
blockquote{margin:.6em 0;padding-inline-start:1rem;border-inline-start:3px solid #b9b5d8;color:#45485c}
pre{background:#f4f2ec;padding:.8rem 1rem;border-radius:6px;overflow:auto;direction:ltr;text-align:left;white-space:pre-wrap;break-inside:avoid}
code{font-family:ui-monospace,"DejaVu Sans Mono",monospace;font-size:.92em}
table{border-collapse:collapse;margin:.8em 0;width:100%}
td,th{border:1px solid #c9c6bb;padding:.35rem .6rem;text-align:start;vertical-align:top;white-space:pre-wrap}
th{background:#f4f2ec}
img,video{max-width:100%;height:auto}
figure{margin:1em 0;break-inside:avoid}figcaption{font-size:.875em;color:#5a5d70}
ul.checks{list-style:none;padding-inline-start:.2rem}ul.checks>li{display:flow-root}
.box{display:inline-block;inline-size:1.5em}
.callout{border-radius:6px;padding:.6rem 1rem;margin:.8em 0;background:#eef0fb;break-inside:avoid}
.callout[data-tone=success]{background:#e6f4e9}.callout[data-tone=warning]{background:#fdf3d9}.callout[data-tone=danger]{background:#fce8e6}
.tone{font-weight:600;display:block}
ins{background:#dff3e4;text-decoration:underline}del{background:#fbe3e1}
mark.comment{background:#fff0c2;color:inherit}
.columns{display:flex;gap:1.5rem}.columns>div{flex:1}
.due{color:#5a5d70;font-size:.9em}
@page{margin:2cm}
`;

export interface HeadingFound {
  readonly id: string;
  readonly level: number;
  readonly content: readonly Inline[];
}
/** All headings, in the order of the text. */
export function headingsOf(blocks: readonly Block[]): HeadingFound[] {
  return blocks.flatMap(({ id, type, props, content, children }) => [
    ...(type === 'heading' ? [{ id, level: numbered(props.level, 1), content }] : []),
    ...headingsOf(children),
  ]);
}

/** A formula as MathML, which browsers show and screen readers speak; its source where it cannot be read. */
export function formulaHtml(tex: string, display: boolean): string {
  if (tex.length > texLengthMax) return `<code>${escaped(tex)}</code>`;
  return katex.renderToString(tex, {
    output: 'mathml',
    displayMode: display,
    throwOnError: false,
    strict: 'ignore',
    trust: false,
    maxExpand: 200,
  });
}
