import type { InboxItem } from '@parvis/contract/notify';

export interface Group {
  /** The thing's id, or the item's where there is no thing. */
  readonly key: string;
  readonly thing: InboxItem['thing'];
  readonly items: readonly InboxItem[];
}

/** Lines by the thing that they are about; groups and lines stay in the order in which they came, the newest first. */
export function groupsOf(items: readonly InboxItem[]): Group[] {
  const byThing = Map.groupBy(items, ({ id, thing }) => thing?.id ?? id);
  return [...byThing].map(([key, inside]) => ({ key, thing: inside[0]?.thing ?? null, items: inside }));
}
