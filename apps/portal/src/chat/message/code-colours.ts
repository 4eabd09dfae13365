import { createHighlighter } from '../../docs/editor/highlighter.ts';

/** Lines of coloured stretches: the words, their colour on light paper and on dark. */
export type Colours = readonly (readonly (readonly [words: string, light: string, dark: string])[])[];

type Highlighter = Awaited<ReturnType<typeof createHighlighter>>;
type Language = Extract<Parameters<Highlighter['loadLanguage']>[0], string>;

/** Characters that are coloured at most: a grammar is slower than reading. */
const colouredLengthMax = 10_000;

const names: Readonly<Record<string, string>> = {
  'c#': 'csharp',
  'c++': 'cpp',
  cs: 'csharp',
  js: 'javascript',
  jsx: 'tsx',
  kt: 'kotlin',
  md: 'markdown',
  py: 'python',
  rb: 'ruby',
  rs: 'rust',
  sh: 'bash',
  shell: 'bash',
  tex: 'latex',
  ts: 'typescript',
  yml: 'yaml',
};
const light = 'github-light-high-contrast';
const dark = 'github-dark-high-contrast';

let highlighter: ReturnType<typeof createHighlighter> | undefined;

/** Colours a text; null when no grammar knows the language, or the text is too long. */
export async function coloursOf(text: string, lang: string): Promise<Colours | null> {
  if (text.length > colouredLengthMax) return null;
  highlighter ??= createHighlighter();
  const shiki = await highlighter;
  const name = names[lang] ?? lang;
  if (!Object.hasOwn(shiki.getBundledLanguages(), name)) return null;
  await shiki.loadLanguage(name as Language);
  const lines = shiki.codeToTokensWithThemes(text, { lang: name as Language, themes: { light, dark } });
  return lines.map((line) =>
    line.map(({ content, variants }) => [content, variants.light?.color ?? '', variants.dark?.color ?? '']),
  );
}
