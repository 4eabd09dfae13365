import { createCodeBlockSpec } from '@blocknote/core';

/** Languages that the picker of a code block offers; each is fetched when the first text in it is shown. */
export const languages = {
  text: 'Text',
  bash: 'Shell',
  c: 'C',
  cpp: 'C++',
  css: 'CSS',
  csharp: 'C#',
  diff: 'Diff',
  go: 'Go',
  html: 'HTML',
  java: 'Java',
  javascript: 'JavaScript',
  json: 'JSON',
  kotlin: 'Kotlin',
  latex: 'LaTeX',
  markdown: 'Markdown',
  php: 'PHP',
  python: 'Python',
  r: 'R',
  ruby: 'Ruby',
  rust: 'Rust',
  sql: 'SQL',
  swift: 'Swift',
  toml: 'TOML',
  tsx: 'TSX',
  typescript: 'TypeScript',
  xml: 'XML',
  yaml: 'YAML',
} as const;
const aliases: Partial<Record<keyof typeof languages, string[]>> = {
  text: ['plain', 'txt'],
  bash: ['sh', 'shell'],
  cpp: ['c++'],
  csharp: ['c#', 'cs'],
  javascript: ['js'],
  markdown: ['md'],
  python: ['py'],
  ruby: ['rb'],
  rust: ['rs'],
  typescript: ['ts'],
  yaml: ['yml'],
};

const spec = createCodeBlockSpec({
  defaultLanguage: 'text',
  supportedLanguages: Object.fromEntries(
    Object.entries(languages).map(([id, name]) => [
      id,
      { name, aliases: aliases[id as keyof typeof languages] ?? [] },
    ]),
  ),
});
type Render = typeof spec.implementation.render;
const theirs = spec.implementation.render;

/**
 * The editor's own block of code. Its picker knows only the languages that it was given and fails on any other: a
 * language that came from elsewhere is added to it, and stays.
 */
const render: Render = function render(this: ThisParameterType<Render>, block, editor) {
  const { language } = block.props;
  const known = language in languages;
  const shown = known ? block : { ...block, props: { ...block.props, language: 'text' } };
  const view = theirs.call(this, shown, editor);
  const select = (view.dom as HTMLElement).querySelector('select');
  if (select !== null) {
    const name = (editor.dictionary as { codeLanguage?: string }).codeLanguage;
    select.setAttribute('aria-label', name ?? 'Language');
    if (!known) {
      select.add(new Option(language, language));
      select.value = language;
    }
  }
  return view;
};

export const codeBlock = { ...spec, implementation: { ...spec.implementation, render } };
