import { escaped } from './paper.ts';
import { attributeOf, childOf, childrenOf, type Element, parseXml } from './xml.ts';
import { formulaHtml } from './html-parts.ts';

const letters: Readonly<Record<string, string>> = {
  α: '\\alpha',
  β: '\\beta',
  γ: '\\gamma',
  δ: '\\delta',
  ϵ: '\\epsilon',
  ε: '\\varepsilon',
  ζ: '\\zeta',
  η: '\\eta',
  θ: '\\theta',
  λ: '\\lambda',
  μ: '\\mu',
  ν: '\\nu',
  ξ: '\\xi',
  π: '\\pi',
  ρ: '\\rho',
  σ: '\\sigma',
  τ: '\\tau',
  ϕ: '\\phi',
  φ: '\\varphi',
  χ: '\\chi',
  ψ: '\\psi',
  ω: '\\omega',
  Γ: '\\Gamma',
  Δ: '\\Delta',
  Θ: '\\Theta',
  Λ: '\\Lambda',
  Π: '\\Pi',
  Σ: '\\Sigma',
  Φ: '\\Phi',
  Ψ: '\\Psi',
  Ω: '\\Omega',
  '∑': '\\sum',
  '∏': '\\prod',
  '∫': '\\int',
  '∞': '\\infty',
  '≤': '\\le',
  '≥': '\\ge',
  '≠': '\\ne',
  '≈': '\\approx',
  '×': '\\times',
  '⋅': '\\cdot',
  '±': '\\pm',
  '→': '\\to',
  '∈': '\\in',
  '∀': '\\forall',
  '∃': '\\exists',
  '∂': '\\partial',
  '∇': '\\nabla',
  '⇒': '\\Rightarrow',
  '⇔': '\\Leftrightarrow',
  '∪': '\\cup',
  '∩': '\\cap',
  '⊂': '\\subset',
  '…': '\\ldots',
  '−': '-',
  '{': '\\{',
  '}': '\\}',
  '%': '\\%',
  '#': '\\#',
  '&': '\\&',
  $: '\\$',
  _: '\\_',
};

/**
 * A formula as Office's own markup, for what is common: fractions, roots, powers, indices, sums, brackets, matrices.
 * @returns null when there is something in it that has no such form: it is written as its source then
 */
export function ommlOf(tex: string): string | null {
  const html = formulaHtml(tex, false);
  const math = /<math[^>]*>[^]*<\/math>/.exec(html)?.[0];
  if (math === undefined || html.includes('katex-error')) return null;
  try {
    const semantics = childOf(
      parseXml(Buffer.from(math.replaceAll('&nbsp;', '\u00a0'))).documentElement,
      'semantics',
    );
    const inner = childrenOf(semantics).filter(({ localName }) => localName !== 'annotation');
    return `<m:oMath>${inner.map(written).join('')}</m:oMath>`;
  } catch {
    return null;
  }
}

const run = (text: string, plain = false): string =>
  text === ''
    ? ''
    : `<m:r>${plain ? '<m:rPr><m:nor/></m:rPr>' : ''}<m:t xml:space="preserve">${escaped(text)}</m:t></m:r>`;
const part = (name: string, element: Element | undefined): string =>
  `<m:${name}>${element === undefined ? '' : written(element)}</m:${name}>`;

/** One element of MathML. @throws Error for what has no counterpart */
function written(element: Element): string {
  const [first, second, third] = childrenOf(element);
  switch (element.localName) {
    case 'mrow':
    case 'mstyle':
    case 'mpadded':
      return childrenOf(element).map(written).join('');
    case 'mi':
    case 'mn':
    case 'mo':
      return run(element.textContent ?? '');
    case 'mtext':
      return run(element.textContent ?? '', true);
    case 'mspace':
      return '';
    case 'mfrac':
      return `<m:f>${part('num', first)}${part('den', second)}</m:f>`;
    case 'msup':
      return `<m:sSup>${part('e', first)}${part('sup', second)}</m:sSup>`;
    case 'msub':
      return `<m:sSub>${part('e', first)}${part('sub', second)}</m:sSub>`;
    case 'msubsup':
    case 'munderover':
      return `<m:sSubSup>${part('e', first)}${part('sub', second)}${part('sup', third)}</m:sSubSup>`;
    case 'munder':
      return `<m:sSub>${part('e', first)}${part('sub', second)}</m:sSub>`;
    case 'msqrt':
      return `<m:rad><m:radPr><m:degHide m:val="1"/></m:radPr><m:deg/><m:e>${childrenOf(element).map(written).join('')}</m:e></m:rad>`;
    case 'mroot':
      return `<m:rad>${part('deg', second)}${part('e', first)}</m:rad>`;
    case 'mtable':
      return `<m:m>${childrenOf(element)
        .map(
          (row) =>
            `<m:mr>${childrenOf(row)
              .map((cell) => `<m:e>${childrenOf(cell).map(written).join('')}</m:e>`)
              .join('')}</m:mr>`,
        )
        .join('')}</m:m>`;
    default:
      throw new Error(`no counterpart of ${element.localName ?? ''}`);
  }
}

/** The source of a formula of Office's, for the same subset; what else is in it gives its text. */
export function texOf(element: Element): string {
  return childrenOf(element).map(read).join('').replace(/ +/g, ' ').trim();
}

const group = (element: Element | undefined): string =>
  element === undefined ? '{}' : `{${texOf(element)}}`;
const base = (element: Element): string => {
  const e = childOf(element, 'e');
  const text = e === undefined ? '' : texOf(e);
  return [...text].length === 1 || /^\\[a-zA-Z]+$/.test(text) ? text : `{${text}}`;
};

function read(element: Element): string {
  switch (element.localName) {
    case 'r': {
      const isText = childOf(childOf(element, 'rPr'), 'nor') !== undefined;
      const text = childrenOf(element)
        .filter(({ localName }) => localName === 't')
        .map((one) => one.textContent ?? '')
        .join('');
      return isText ? `\\text{${text}}` : [...text].map(symbol).join('');
    }
    case 'f':
      return `\\frac${group(childOf(element, 'num'))}${group(childOf(element, 'den'))}`;
    case 'sSup':
      return `${base(element)}^${group(childOf(element, 'sup'))}`;
    case 'sSub':
      return `${base(element)}_${group(childOf(element, 'sub'))}`;
    case 'sSubSup':
      return `${base(element)}_${group(childOf(element, 'sub'))}^${group(childOf(element, 'sup'))}`;
    case 'rad': {
      const degree = childOf(element, 'deg');
      const text = degree === undefined ? '' : texOf(degree);
      return `\\sqrt${text === '' ? '' : `[${text}]`}${group(childOf(element, 'e'))}`;
    }
    case 'nary': {
      const sign = attributeOf(childOf(childOf(element, 'naryPr'), 'chr'), 'val') ?? '∫';
      return `${symbol(sign)}_${group(childOf(element, 'sub'))}^${group(childOf(element, 'sup'))}${group(childOf(element, 'e'))}`;
    }
    case 'd': {
      const pr = childOf(element, 'dPr');
      const side = (name: string, other: string) =>
        symbol(attributeOf(childOf(pr, name), 'val') ?? other) || '.';
      const inner = childrenOf(element)
        .filter(({ localName }) => localName === 'e')
        .map(texOf)
        .join(',');
      return `\\left${side('begChr', '(')}${inner}\\right${side('endChr', ')')}`;
    }
    case 'm': {
      const rows = childrenOf(element).filter(({ localName }) => localName === 'mr');
      return `\\begin{matrix}${rows.map((row) => childrenOf(row).map(texOf).join(' & ')).join(' \\\\ ')}\\end{matrix}`;
    }
    case 'func':
      return `${texOf(childOf(element, 'fName') ?? element)} ${group(childOf(element, 'e'))}`;
    default:
      return (element.localName ?? '').endsWith('Pr') ? '' : texOf(element);
  }
}

function symbol(character: string): string {
  const named = letters[character];
  return named === undefined ? character : /^\\[a-zA-Z]+$/.test(named) ? `${named} ` : named;
}
