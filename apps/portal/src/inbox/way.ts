import type { InboxItem } from '@parvis/contract/notify';
import { wayTo } from '../shell/resource-way.ts';

/** Where a line of the inbox leads: to the very message, conversation or block. Null when the thing is not to be seen. */
export function wayOf({
  kind,
  thing,
  seq,
  threadSeq,
  place,
}: Pick<InboxItem, 'kind' | 'thing' | 'seq' | 'threadSeq' | 'place'>): string | null {
  if (thing === null) return null;
  // One that begins is joined; of the others one reads when they are held, and what is left of them.
  if (thing.kind === 'meeting')
    return kind === 'meeting-soon' || kind === 'meeting-started' ? wayTo(thing) : `/meeting/${thing.id}`;
  const way = wayTo(thing);
  if (kind === 'hook-disabled') return `${way}/apps`;
  if (threadSeq !== null) return `${way}?panel=thread.${threadSeq}`;
  if (seq !== null) return `${way}?m=${seq}`;
  if (kind === 'comment') return `${way}?panel=comments`;
  return place === null ? way : `${way}#${encodeURIComponent(place)}`;
}
