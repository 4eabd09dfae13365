import type { ReadingContext } from './reading-context.ts';

/** What marks a block that changed, and lets one step from change to change; null for one that did not. */
export function changeOf(id: string, { changes }: ReadingContext) {
  const found = changes?.get(id);
  if (found === undefined || found.change === 'same') return null;
  return { 'data-change': found.change, tabIndex: -1 } as const;
}

/** What became of a whole block, in words. */
export function Changed({ id, context }: { id: string; context: ReadingContext }) {
  const found = context.changes?.get(id);
  const { told } = context;
  if (found === undefined || told === undefined) return null;
  const whole = found.change === 'added' || found.change === 'removed' ? [told(found.change, found.by)] : [];
  const said = [
    ...whole,
    ...(found.moved ? [told('moved', null)] : []),
    ...(found.recast ? [told('recast', null)] : []),
  ];
  if (said.length === 0) return null;
  return <span className="read-told">{said.join(' · ')}</span>;
}
