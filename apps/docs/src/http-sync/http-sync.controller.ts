import { Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { cursorHeader, framesType, SyncQuery, syncPath } from '@parvis/contract/doc-sync';
import { syncBodyBytesMax } from '@parvis/contract/limits';
import { Id } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Refused } from '@parvis/server/refused';
import { Asks, For, type HouseRequest } from '@parvis/server/serves';
import type { Service } from '@parvis/server/service';
import { messagesOf } from './frames.ts';
import { HttpSync } from './http-sync.service.ts';

interface Reply {
  readonly raw: NodeJS.EventEmitter;
  header(name: string, value: string): unknown;
}

/** Bodies of messages are bytes, and longer than JSON may be. */
export const takeFrames: NonNullable<Service['http']> = (fastify) => {
  fastify.addContentTypeParser(
    framesType,
    { parseAs: 'buffer', bodyLimit: syncBodyBytesMax },
    (_request, body, done) => done(null, body),
  );
};

@Controller()
export class HttpSyncController {
  readonly #sync: HttpSync;

  constructor(sync: HttpSync) {
    this.#sync = sync;
  }

  @Post(syncPath)
  @HttpCode(200)
  @For('signed-in', 'messages of the socket and not JSON; who may come in is asked at the same door')
  async sync(@Asks() caller: Caller, @Req() request: HouseRequest, @Res({ passthrough: true }) reply: Reply) {
    const { uid, query } = whatOf(request);
    const stop = new AbortController();
    reply.raw.once('close', () => stop.abort());
    const said = messagesIn(request.body);
    const { frames, cursor } = await this.#sync.exchange(caller, {
      uid,
      query,
      messages: said,
      stop: stop.signal,
    });
    reply.header(cursorHeader, String(cursor));
    reply.header('content-type', framesType);
    return frames;
  }
}

function whatOf(request: HouseRequest): { uid: string; query: SyncQuery } {
  const uid = Id.safeParse((request.params as { id?: unknown }).id);
  if (!uid.success) throw Refused.notFound();
  const query = SyncQuery.safeParse(request.query);
  if (!query.success) throw Refused.badInput();
  return { uid: uid.data, query: query.data };
}

function messagesIn(body: unknown): Buffer[] {
  if (body === undefined || body === null) return [];
  if (!Buffer.isBuffer(body)) throw new Refused(415, 'wrong-content-type');
  try {
    return messagesOf(body);
  } catch {
    throw Refused.badInput([], 'frame-malformed');
  }
}
