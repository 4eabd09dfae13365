import { Controller, Get, Header, Param, StreamableFile } from '@nestjs/common';
import { isUid } from '@parvis/access/db';
import type { Caller } from '@parvis/server/caller';
import { Refused } from '@parvis/server/refused';
import { Asks, For } from '@parvis/server/serves';
import { PreviewService } from './preview.service.ts';

@Controller()
export class PreviewController {
  constructor(private readonly previews: PreviewService) {}

  /** Under its id it never changes; whoever opens it by itself gets a picture and nothing that runs. */
  @Get('/api/chat/channels/:id/previews/:picture')
  @For('signed-in', 'a picture, which browsers ask for by its address; the channel is asked for their right')
  @Header('cache-control', 'private, max-age=86400, immutable')
  @Header('content-security-policy', "default-src 'none'; sandbox")
  async picture(
    @Asks() caller: Caller,
    @Param('id') id: string,
    @Param('picture') uid: string,
  ): Promise<StreamableFile> {
    if (!isUid(id) || !isUid(uid)) throw Refused.notFound();
    const { type, picture } = await this.previews.picture(caller, id, uid);
    return new StreamableFile(picture, { type, length: picture.length, disposition: 'inline' });
  }
}
