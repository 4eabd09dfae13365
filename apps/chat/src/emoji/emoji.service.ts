import { Inject, Injectable } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import { type Person, peopleByIds } from '@parvis/access/people';
import { type addEmoji, type CustomEmoji, emojiPicturePath } from '@parvis/contract/chat-emoji';
import { emojiBytesMax, emojiListSizeMax, emojiSideLengthMax } from '@parvis/contract/limits';
import type { InputOf } from '@parvis/contract/operation';
import { done } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { presentPerson } from '@parvis/server/present';
import { Refused } from '@parvis/server/refused';
import { SETTINGS } from '@parvis/server/service';
import type { ChatSettings } from '../settings.ts';
import { readPicture } from './picture.ts';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly byId: number;
  readonly at: Date;
}
const columns = 'uid as id, name, by_id as "byId", at';

/** Emoji of this house: known to everybody in it by name. */
@Injectable()
export class EmojiService {
  constructor(
    private readonly database: Database,
    @Inject(SETTINGS) private readonly settings: ChatSettings,
  ) {}

  async list(caller: Caller): Promise<{ emoji: CustomEmoji[]; mayAdd: boolean }> {
    const { db } = this.database;
    const rows = await db.query<Row>(
      `select ${columns} from chat.emoji order by name limit ${emojiListSizeMax}`,
    );
    const people = await peopleByIds(db, [...new Set(rows.map(({ byId }) => byId))]);
    return { emoji: rows.map((row) => present(row, people)), mayAdd: this.#mayAdd(caller) };
  }

  #mayAdd(caller: Caller): boolean {
    return caller.kind === 'member' && (this.settings.emoji === 'members' || caller.administrator);
  }

  /**
   * @throws Refused `emoji-by-administrators`, `emoji-not-a-picture`, `emoji-too-large`, `emoji-name-taken`,
   *   `too-many-emoji`
   */
  async add(caller: Caller, { shortcode: name, picture }: InputOf<typeof addEmoji>): Promise<CustomEmoji> {
    if (!this.#mayAdd(caller)) throw Refused.notAllowed('emoji-by-administrators');
    const bytes = Buffer.from(picture, 'base64');
    if (bytes.length > emojiBytesMax) throw Refused.badInput([], 'emoji-too-large');
    const found = readPicture(bytes, emojiSideLengthMax);
    if (found === null || found.type === 'image/jpeg') throw Refused.badInput([], 'emoji-not-a-picture');
    return this.database.transaction(async (db) => {
      const [known] = await db.query<{ count: number }>('select count(*)::int as count from chat.emoji');
      if ((known?.count ?? 0) >= emojiListSizeMax) throw Refused.conflict('too-many-emoji');
      const [row] = await db.query<Row>(
        `insert into chat.emoji (name, type, picture, by_id) values ($1, $2, $3, $4)
         on conflict (name) do nothing returning ${columns}`,
        [name, found.type, found.bytes, caller.id],
      );
      if (row === undefined) throw Refused.conflict('emoji-name-taken');
      await audit(db, { actorId: caller.id, action: 'emoji.added', detail: { emoji: row.id, name } });
      return present(row, await peopleByIds(db, [caller.id]));
    });
  }

  /** @throws Refused `not-found`, `not-allowed` */
  async remove(caller: Caller, id: string): Promise<typeof done> {
    await this.database.transaction(async (db) => {
      const [row] = await db.query<Row>(`select ${columns} from chat.emoji where uid = $1 for update`, [id]);
      if (row === undefined) throw Refused.notFound();
      if (row.byId !== caller.id && !caller.administrator) throw Refused.notAllowed();
      await db.query('delete from chat.emoji where uid = $1', [id]);
      await audit(db, { actorId: caller.id, action: 'emoji.removed', detail: { emoji: id, name: row.name } });
    });
    return done;
  }

  /** @throws Refused `not-found` */
  async picture(id: string): Promise<{ type: string; picture: Buffer }> {
    const [row] = await this.database.db.query<{ type: string; picture: Buffer }>(
      'select type, picture from chat.emoji where uid = $1',
      [id],
    );
    if (row === undefined) throw Refused.notFound();
    return row;
  }
}

function present({ id, name, byId, at }: Row, people: readonly Person[]): CustomEmoji {
  const by = people.find((one) => one.id === byId);
  return { id, name, picture: emojiPicturePath(id), by: by ? presentPerson(by) : null, at: at.toISOString() };
}
