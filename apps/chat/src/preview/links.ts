import { previewListSizeMax } from '@parvis/contract/limits';

const code = /```[\s\S]*?(?:```|$)|`[^`\n]*`/g;
const address = /https?:\/\/[^\s<>"'\\]+[^\s<>"'\\.,;:!?)\]}*~]/gi;

/** The addresses in a body that are worth a look, each once, in order; what stands in code is no link. */
export function linksIn(body: string): string[] {
  if (!body.includes('://')) return [];
  const found = [...body.replaceAll(code, ' ').matchAll(address)].map(([link]) => link);
  return [...new Set(found)].filter((link) => URL.canParse(link)).slice(0, previewListSizeMax);
}
