import type { Block, Inline } from '@parvis/document/block';
import { blockOf, type Leveled } from './nesting.ts';
import { joinedRuns, said } from './paper.ts';

export const plain = (content: readonly Inline[]): string =>
  content.map((one) => (one.type === 'text' ? one.text : '')).join('');

/** What is only linked to: our own styles say what the link leads to. */
export function linkedBlock(style: string, content: readonly Inline[]): Block | null {
  const [run] = content;
  const href =
    run?.type === 'text' ? said(run.marks.find((one) => one.name === 'link')?.attributes.href) : '';
  const url = /\/api\/drive\/files\/[0-9a-f-]{36}\/content(\?inline=1)?$/.exec(href)?.[0];
  const kind = /^parvis-(image|file|video|audio)$/.exec(style)?.[1];
  if (kind !== undefined && url !== undefined)
    return blockOf(kind, { url, name: plain(content), caption: '' });
  const [, room, ref = '', seq] =
    /\/(docs|chat|meet|drive)\/([0-9a-f-]{36})(?:#message-(\d+))?$/.exec(href) ?? [];
  if (style !== 'parvisembed' || room === undefined) return null;
  const talk = seq === undefined ? 'channel' : 'message';
  const things: Record<string, string> = { docs: 'document', chat: talk, meet: 'meeting', drive: 'file' };
  return blockOf('embed', { kind: things[room] ?? 'document', ref, messageSeq: Number(seq ?? 0) });
}

/** A block as the control around it says that it is. */
export function retold(block: Block, kind: string, rest: readonly string[]): Block {
  const { checked, level: _, ...props } = block.props;
  switch (kind) {
    case 'toggle':
      return block.type === 'heading'
        ? { ...block, props: { ...block.props, isToggleable: true } }
        : { ...block, type: 'toggleListItem' };
    case 'task': {
      const [assignee = '', due = ''] = rest;
      return {
        ...block,
        type: 'task',
        props: {
          ...props,
          checked: checked === true,
          assignee: /^[0-9a-f-]{36}$/.test(assignee) ? assignee : '',
          due: /^\d{4}-\d\d-\d\d$/.test(due) ? due : '',
        },
      };
    }
    default:
      return block;
  }
}

/** Editors of other houses write a paragraph per line of code. */
export function joinedCode(items: readonly Leveled[]): Leveled[] {
  const made: Leveled[] = [];
  for (const item of items) {
    const last = made.at(-1);
    const isLine = ({ block }: Leveled) => block.type === 'codeBlock' && block.props.language === undefined;
    if (last !== undefined && isLine(last) && isLine(item)) {
      const content = joinedRuns([
        ...last.block.content,
        { type: 'text', text: '\n', marks: [] },
        ...item.block.content,
      ]);
      made[made.length - 1] = { ...last, block: { ...last.block, content } };
    } else made.push(item);
  }
  return made;
}
