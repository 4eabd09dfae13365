import { Readable } from 'node:stream';
import { Controller, Get, HttpCode, Post, Put, Query, Req, Res } from '@nestjs/common';
import {
  type Conversion,
  conversionContentPath,
  ImportQuery,
  importsPath,
} from '@parvis/contract/doc-conversion';
import { Id } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Refused } from '@parvis/server/refused';
import { Asks, For, type HouseRequest } from '@parvis/server/serves';
import type { Service } from '@parvis/server/service';
import { z } from 'zod';
import { Conversions } from './conversion.service.ts';

const bytesType = 'application/octet-stream';

/** Files come as streams that nothing reads before the handler does; their own limits apply. */
export const takeImports: NonNullable<Service['http']> = (fastify) => {
  fastify.addContentTypeParser(bytesType, (_request, _payload, parsed) => parsed(null));
};

const types: Readonly<Record<string, readonly [type: string, extension: string]>> = {
  docx: ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'docx'],
  odt: ['application/vnd.oasis.opendocument.text', 'odt'],
  pdf: ['application/pdf', 'pdf'],
  md: ['text/markdown; charset=utf-8', 'md'],
  html: ['text/html; charset=utf-8', 'html'],
  'zip-md': ['application/zip', 'zip'],
  'zip-html': ['application/zip', 'zip'],
};
const Asked = z.object({ picture: z.coerce.number().int().min(1).max(100_000).optional() });

/** What is needed of Fastify's answer. */
interface Reply {
  header(name: string, value: string | number): this;
  send(body: Readable): unknown;
}

@Controller()
export class ConversionContentController {
  readonly #conversions: Conversions;

  constructor(conversions: Conversions) {
    this.#conversions = conversions;
  }

  @Post(importsPath)
  @HttpCode(200)
  @For('signed-in', 'bytes and not JSON; who may make a document there is asked before they are read')
  import(
    @Asks() caller: Caller,
    @Req() request: HouseRequest,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<Conversion> {
    const query = ImportQuery.safeParse(request.query);
    if (!query.success) throw Refused.badInput();
    return heard(request, reply, this.#conversions.import(caller, query.data, bytesOf(request)));
  }

  @Put(`${conversionContentPath}/:fileId`)
  @HttpCode(200)
  @For('signed-in', 'bytes and not JSON; the conversion is the caller’s own')
  take(@Asks() caller: Caller, @Req() request: HouseRequest, @Res({ passthrough: true }) reply: Reply) {
    const { id, fileId } = request.params as { id: string; fileId: string };
    return heard(request, reply, this.#conversions.take(caller, idOf(id), idOf(fileId), bytesOf(request)));
  }

  @Get(conversionContentPath)
  @For(
    'signed-in',
    'bytes and not JSON; the conversion is the caller’s own, and the document is loaded for them again',
  )
  async content(
    @Asks() caller: Caller,
    @Req() request: HouseRequest,
    @Query() query: unknown,
    @Res() reply: Reply,
  ): Promise<void> {
    const asked = Asked.safeParse(query);
    if (!asked.success) throw Refused.badInput();
    const { row, bytes } = await this.#conversions.content(
      caller,
      idOf((request.params as { id: string }).id),
      asked.data.picture,
    );
    const [type, extension] = types[row.format] ?? [bytesType, 'bin'];
    const isPicture = row.direction === 'import';
    void reply
      .header('x-content-type-options', 'nosniff')
      .header('content-type', isPicture ? bytesType : type);
    if (!isPicture) {
      const name = `${row.name}.${extension}`;

      const plain = name.replace(/[^\u0020-\u007e]|["\\%]/g, '_');
      const encoded = encodeURIComponent(name.toWellFormed()).replace(
        /['()*]/g,
        (one) => `%${one.charCodeAt(0).toString(16)}`,
      );
      void reply.header(
        'content-disposition',
        `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`,
      );
      if (row.sizeBytes !== null) void reply.header('content-length', row.sizeBytes);
    }
    await reply.send(Readable.from(bytes));
  }
}

/** What is refused while bytes still come is said at once, and its connection is not used again. */
async function heard<T>({ raw }: HouseRequest, reply: Reply, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!raw.complete) {
      void reply.header('connection', 'close');
      raw.removeAllListeners('readable');
      raw.resume();
    }
    throw error;
  }
}

function idOf(text: string): string {
  const id = Id.safeParse(text);
  if (!id.success) throw Refused.notFound();
  return id.data;
}

function bytesOf(request: HouseRequest): AsyncIterable<Uint8Array> {
  if (!(request.headers['content-type'] ?? '').startsWith(bytesType))
    throw new Refused(415, 'wrong-content-type');
  return request.raw.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
}
