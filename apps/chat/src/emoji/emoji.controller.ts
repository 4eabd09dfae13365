import { Controller, Get, Header, Param, StreamableFile } from '@nestjs/common';
import { isUid } from '@parvis/access/db';
import { addEmoji, emojiPicturePath, listEmoji, removeEmoji } from '@parvis/contract/chat-emoji';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Refused } from '@parvis/server/refused';
import { Asks, For, Input, Serves } from '@parvis/server/serves';
import { EmojiService } from './emoji.service.ts';

@Controller()
export class EmojiController {
  constructor(private readonly emoji: EmojiService) {}

  @Serves(listEmoji)
  list(@Asks() caller: Caller) {
    return this.emoji.list(caller);
  }

  @Serves(addEmoji)
  add(@Asks() caller: Caller, @Input(addEmoji) input: InputOf<typeof addEmoji>) {
    return this.emoji.add(caller, input);
  }

  @Serves(removeEmoji)
  remove(@Asks() caller: Caller, @Input(removeEmoji) { emojiId }: InputOf<typeof removeEmoji>) {
    return this.emoji.remove(caller, emojiId);
  }

  /** Under its id it never changes; whoever opens it by itself gets a picture and nothing that runs. */
  @Get(emojiPicturePath(':id'))
  @For('signed-in', 'a picture, which browsers ask for by its address')
  @Header('cache-control', 'private, max-age=31536000, immutable')
  @Header('content-security-policy', "default-src 'none'; sandbox")
  async picture(@Param('id') id: string): Promise<StreamableFile> {
    if (!isUid(id)) throw Refused.notFound();
    const { type, picture } = await this.emoji.picture(id);
    return new StreamableFile(picture, { type, length: picture.length, disposition: 'inline' });
  }
}
