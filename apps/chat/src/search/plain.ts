const address = /https?:\/\/[^\s<>"')\]]+/g;
/**
 * A mention, a link or an image in Markdown: what it is called, and where it leads. Every part of these patterns is
 * bounded: brackets without end would otherwise be read anew from each of them, and hold up everybody.
 */
const called = /[@!]?\[((?:[^\]\\\n]|\\.){0,300})\]\(([^)\s]{0,2000})(?:\s{1,9}"[^"\n]{0,300}")?\)/g;
const fence = /^[^\S\n]{0,20}(?:```|~~~)[^\n]*$/gm;
const lineStart = /^[^\S\n]{0,20}(?:>{1,9}\s?|#{1,6}\s+|[-*+]\s+(?:\[[ xX]\]\s+)?|\d{1,3}[.)]\s+)/gm;
const emphasis = /(\*\*|__|~~|`)(?=\S)(.{1,500}?)(?<=\S)\1/g;

/** The text of a message as one reads it, without the signs of Markdown. */
export function plain(body: string): string {
  let text = body.replace(
    called,
    (all, name: string) => `${all.startsWith('@') ? '@' : ''}${name.replace(/\\(.)/g, '$1')}`,
  );
  text = text.replace(fence, '').replace(lineStart, '');
  return text.replace(emphasis, '$2').replace(/\s+/g, ' ').trim();
}

/** Where the links of a message lead, without the people it mentions. */
export function linksOf(body: string): string[] {
  const named = [...body.matchAll(called)]
    .map(([, , aim]) => aim ?? '')
    .filter((aim) => /^https?:/.test(aim));
  return [...named, ...(body.replace(called, ' ').match(address) ?? [])];
}

/** Whether a message shows code. */
export function hasCode(body: string): boolean {
  return /^[^\S\n]{0,20}(?:```|~~~)/m.test(body) || /`[^`\n]+`/.test(body);
}
