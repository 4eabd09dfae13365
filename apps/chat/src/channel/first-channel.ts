import { Injectable } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import { findPersonById } from '@parvis/access/people';
import { createResource, type ResourceRow } from '@parvis/access/tree';
import { Database } from '@parvis/server/database';

const titles: Record<string, string> = { fr: 'général', en: 'general', ar: 'عام' };

/** The channel that every space begins with, named in the language of whoever opened the space. */
@Injectable()
export class FirstChannels {
  constructor(private readonly database: Database) {}

  /**
   * Makes it if the space never had one; however many ask at once, in however many processes, it is made once.
   * @param fallbackOwnerId owns it when the space has no owner any more
   */
  async ensure(space: Pick<ResourceRow, 'id' | 'uid' | 'ownerId'>, fallbackOwnerId: number): Promise<void> {
    const [had] = await this.database.db.query('select from chat.first_channel where space_id = $1', [
      space.id,
    ]);
    if (had) return;
    await this.database.transaction(async (db) => {
      const [mine] = await db.query(
        'insert into chat.first_channel (space_id) values ($1) on conflict do nothing returning space_id',
        [space.id],
      );
      if (!mine) return;
      const ownerId = space.ownerId ?? fallbackOwnerId;
      const owner = await findPersonById(db, ownerId);
      const channel = await createResource(db, {
        kind: 'channel',
        title: titles[owner?.locale ?? 'fr'] ?? (titles.fr as string),
        ownerId,
        spaceUid: space.uid,
      });
      await db.query(
        "insert into chat.channel (resource_id, uid, kind, for_everyone) values ($1, $2, 'public', true)",
        [channel.id, channel.uid],
      );
      await db.query('update chat.first_channel set channel_id = $2 where space_id = $1', [
        space.id,
        channel.id,
      ]);
      await audit(db, {
        actorId: ownerId,
        action: 'channel.created',
        resourceId: channel.id,
        detail: { first: true },
      });
    });
  }
}
