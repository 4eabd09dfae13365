import { type Block, plainText } from '@parvis/document/block';

export interface Heading {
  readonly id: string;
  readonly level: number;
  readonly text: string;
}

/** The headings that say something, of blocks in the order of reading. */
export function headingsOf(blocks: readonly Block[]): Heading[] {
  return blocks
    .filter(({ type, id }) => type === 'heading' && id !== '')
    .map(({ id, props, content }) => ({
      id,
      level: Number(props.level ?? 1),
      text: plainText(content).trim(),
    }))
    .filter(({ text }) => text !== '');
}

/** The block in the text that an id names. */
export function blockElement(id: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`.bn-block-outer[data-id="${CSS.escape(id)}"]`);
}

export function goToBlock(id: string): void {
  blockElement(id)?.scrollIntoView({ block: 'start' });
}
