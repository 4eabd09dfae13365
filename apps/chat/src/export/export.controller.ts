import { Readable } from 'node:stream';
import { Controller, Get, Req, Res } from '@nestjs/common';
import { chatExportPath } from '@parvis/contract/content-path';
import { dropChatExport, listChatExports, startChatExport } from '@parvis/contract/chat-retention';
import type { InputOf } from '@parvis/contract/operation';
import { Id } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Refused } from '@parvis/server/refused';
import { Asks, For, type HouseRequest, Input, Serves } from '@parvis/server/serves';
import { Exports } from './export.service.ts';

/** What is needed of Fastify's answer. */
interface Reply {
  header(name: string, value: string | number): this;
  send(body: Readable): unknown;
}

@Controller()
export class ExportController {
  constructor(private readonly exports: Exports) {}

  @Serves(listChatExports)
  list() {
    return this.exports.list();
  }

  @Serves(startChatExport)
  start(@Asks() caller: Caller, @Input(startChatExport) input: InputOf<typeof startChatExport>) {
    return this.exports.start(caller, input);
  }

  @Serves(dropChatExport)
  drop(@Asks() caller: Caller, @Input(dropChatExport) { exportId }: InputOf<typeof dropChatExport>) {
    return this.exports.drop(caller, exportId);
  }

  @Get(chatExportPath(':id'))
  @For('administrator', 'bytes and not JSON; each taking is in the journal')
  async content(@Asks() caller: Caller, @Req() request: HouseRequest, @Res() reply: Reply): Promise<void> {
    const id = Id.safeParse((request.params as { id: string }).id);
    if (!id.success) throw Refused.notFound();
    const { bytes, stream } = await this.exports.content(caller, id.data);
    void reply
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'no-store')
      .header('content-type', 'application/zip')
      .header('content-disposition', `attachment; filename="parvis-${id.data}.zip"`)
      .header('content-length', bytes);
    await reply.send(Readable.from(stream));
  }
}
