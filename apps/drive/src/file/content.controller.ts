import { Readable } from 'node:stream';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { contentPath } from '@parvis/contract/content-path';
import type { Caller } from '@parvis/server/caller';
import { Refused } from '@parvis/server/refused';
import { For, MaybeCaller } from '@parvis/server/serves';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { endWhenSilent } from '../silence.ts';
import { Blobs } from '../store/blobs.ts';
import { dispositionOf } from '@parvis/server/disposition';
import { type FileRow, Files } from './files.ts';
import { inlineTypeOf } from './media-type.ts';
import { namesTag, rangeOf } from './range.ts';

const Asked = z.object({ link: z.string().max(100).optional(), inline: z.literal('1').optional() });

/**
 * What somebody else's bytes may do in a browser: nothing but be seen, within our own pages. Browsers refuse to show
 * a PDF inside a sandbox; their viewers run it apart from the page's origin.
 */
function policyOf(type: string): string {
  const shows =
    "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'";
  return type === 'application/pdf' ? `${shows}; object-src 'self'` : `sandbox; ${shows}`;
}

@Controller()
export class ContentController {
  constructor(
    private readonly files: Files,
    private readonly blobs: Blobs,
  ) {}

  @Get(contentPath(':id'))
  @For('anyone', 'bytes and not JSON; who may read the file, by session or by link, is asked by loading it')
  async content(
    @MaybeCaller() caller: Caller | null,
    @Param('id') id: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const asked = Asked.safeParse(query);
    if (!asked.success) throw Refused.badInput();
    const { seen, row, held } = await this.files.seen(caller, id, asked.data.link);
    if (held) {
      // Whoever keeps the bytes asks again who may have them.
      const way = asked.data.inline === '1' ? held.path : `${held.path}?download=1`;
      await reply.header('cache-control', 'no-store').redirect(way, 307);
      return;
    }
    if (row.verdict === 'infected') throw Refused.notAllowed('file-infected');
    if (row.verdict === 'waiting' && this.files.scans) throw Refused.conflict('file-not-ready');
    const tag = `"${row.sha256}"`;
    // Asked for each time, because a right may have been withdrawn since.
    void reply
      .header('etag', tag)
      .header('cache-control', 'private, no-cache')
      .header('accept-ranges', 'bytes');
    if (namesTag(request.headers['if-none-match'], tag)) {
      await reply.status(304).send();
      return;
    }
    describe(reply, row, seen.title, asked.data.inline === '1');
    await this.#send(request, reply, row, tag);
  }

  async #send(request: FastifyRequest, reply: FastifyReply, row: FileRow, tag: string): Promise<void> {
    const { sizeBytes } = row;
    const condition = request.headers['if-range'];
    const wanted = condition === undefined || condition === tag ? request.headers.range : undefined;
    const range = rangeOf(wanted, sizeBytes);
    if (range === 'unsatisfiable') {
      void reply.removeHeader('content-disposition').removeHeader('etag');
      void reply.header('content-range', `bytes */${sizeBytes}`);
      throw new Refused(416, 'bad-range');
    }
    const length = range ? range.end - range.start + 1 : sizeBytes;
    void reply.status(range ? 206 : 200).header('content-length', length);
    if (range) void reply.header('content-range', `bytes ${range.start}-${range.end}/${sizeBytes}`);
    if (request.method === 'HEAD' || length === 0) {
      // A stream, because the length of a text would replace the length that was said.
      await reply.send(Readable.from([]));
      return;
    }
    const bytes = await this.blobs.store.open(row.key, range ?? undefined).catch((error: unknown) => {
      void reply.removeHeader('content-length').removeHeader('content-disposition').removeHeader('etag');
      throw error;
    });
    // The client may have gone while the store answered.
    if (reply.raw.destroyed) {
      bytes.destroy();
      return;
    }
    reply.raw.once('close', endWhenSilent(request.raw.socket));
    await reply.send(bytes);
  }
}

function describe(reply: FastifyReply, row: FileRow, name: string, inline: boolean): void {
  const shown = inline ? inlineTypeOf(row.mediaType) : null;
  void reply.header('x-content-type-options', 'nosniff');
  void reply.header('content-disposition', dispositionOf(shown === null ? 'attachment' : 'inline', name));
  void reply.header('content-type', shown ?? row.mediaType);
  if (shown === null) return;
  void reply.header('content-security-policy', policyOf(shown)).header('x-frame-options', 'SAMEORIGIN');
}
