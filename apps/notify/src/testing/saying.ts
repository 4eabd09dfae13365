import { type Happening, happen } from '@parvis/access/happenings';
import type { ResourceRow } from '@parvis/access/tree';
import type { House, Visitor } from '@parvis/testing/house';
import { expect, vi } from 'vitest';

type MessageDetail = Extract<Happening, { what: 'message' }>['detail'];

/** That somebody wrote in a channel. */
export function message(
  by: Visitor,
  channel: Pick<ResourceRow, 'id'>,
  seq: number,
  detail: Partial<MessageDetail>,
): Happening {
  return {
    what: 'message',
    actorId: by.person.id,
    resourceId: channel.id,
    detail: {
      seq,
      threadSeq: null,
      people: [],
      groups: [],
      everybody: false,
      here: false,
      direct: false,
      followers: [],
      ...detail,
    },
  };
}

/** Says that these happened, and waits until all that waits was heard. */
export async function said(house: House, ...happened: Happening[]): Promise<void> {
  await happen(house.db, ...happened);
  await vi.waitFor(
    async () => expect(await house.db.query('select from access.happening where attempts < 5')).toEqual([]),
    { timeout: 30_000, interval: 20 },
  );
}
