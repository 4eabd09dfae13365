import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { BlobGone, type ByteRange } from '@parvis/blobs/blob-store';
import { recordingContentPath } from '@parvis/contract/content-path';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { dispositionOf } from '@parvis/server/disposition';
import { Refused } from '@parvis/server/refused';
import { Asks, For } from '@parvis/server/serves';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RecordService } from './record.service.ts';
import { RecordingStore } from './recording-store.ts';
import { isShown } from './recordings.ts';

@Controller()
export class RecordingContentController {
  constructor(
    private readonly records: RecordService,
    private readonly database: Database,
    @Inject(RecordingStore) private readonly kept: RecordingStore,
  ) {}

  @Get(recordingContentPath(':id', ':n'))
  @For('signed-in', 'bytes and not JSON; who may hear a recording is asked by loading its meeting')
  async content(
    @Asks() caller: Caller,
    @Param('id') id: string,
    @Param('n') n: string,
    @Query('download') download: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.records.seen(caller, id);
    const [track] = await this.database.db.query<{
      key: string;
      sizeBytes: number;
      seen: boolean;
      title: string | null;
    }>(
      `select key, size_bytes::float8 as "sizeBytes", picture is not null as seen,
          (select title from access.resource f where f.uid = t.file_id) as title
         from meet.recorded_track t where recording_id = $1 and n = $2 and ${isShown('t')}`,
      [id, /^\d{1,6}$/.test(n) ? Number(n) : -1],
    );
    if (!track) throw Refused.notFound();
    const range = rangeOf(request.headers.range, track.sizeBytes);
    if (range === 'unsatisfiable') {
      void reply.header('content-range', `bytes */${track.sizeBytes}`);
      throw new Refused(416, 'bad-range');
    }
    const bytes = await this.kept.store.open(track.key, range ?? undefined).catch((error: unknown) => {
      throw error instanceof BlobGone ? new Refused(410, 'recording-gone') : error;
    });
    void reply
      .status(range ? 206 : 200)
      .header('content-type', track.seen ? 'video/webm; codecs="vp8, opus"' : 'audio/ogg; codecs=opus')
      .header('content-length', range ? range.end - range.start + 1 : track.sizeBytes)
      .header('accept-ranges', 'bytes')
      // Asked for each time, because a right may have been withdrawn since.
      .header('cache-control', 'private, no-cache')
      .header('x-content-type-options', 'nosniff')
      .header('content-security-policy', "sandbox; default-src 'none'");
    if (download !== undefined)
      void reply.header(
        'content-disposition',
        dispositionOf('attachment', track.title ?? `${n}.${track.seen ? 'webm' : 'ogg'}`),
      );
    if (range) void reply.header('content-range', `bytes ${range.start}-${range.end}/${track.sizeBytes}`);
    await reply.send(bytes);
  }
}

/** The one range of a `Range` header (RFC 9110); null for the whole. */
function rangeOf(header: string | undefined, sizeBytes: number): ByteRange | 'unsatisfiable' | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '');
  if (!match || match[0] === 'bytes=-') return null;
  const [, first = '', last = ''] = match;
  const start = first === '' ? Math.max(0, sizeBytes - Number(last)) : Number(first);
  const end = first === '' || last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
  return start > end ? 'unsatisfiable' : { start, end };
}
