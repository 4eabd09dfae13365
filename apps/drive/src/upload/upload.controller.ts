import { Controller, Delete, Head, Options, Patch, Post, Req, Res } from '@nestjs/common';
import { fileIdHeader, uploadsPath } from '@parvis/contract/drive';
import type { Caller } from '@parvis/server/caller';
import { Asks, For } from '@parvis/server/serves';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { endWhenSilent } from '../silence.ts';
import { Tus } from './tus.ts';
import { Uploads } from './uploads.ts';

/** Bytes and milliseconds of a refused body that are read away, so that the client hears the refusal. */
const drainBytesMax = 4 * 1024 ** 2;
const drainMsMax = 1_000;

/** The bodies of uploads are streams that nothing reads before the handler does; no limit of JSON bodies applies. */
export function takeUploads(fastify: FastifyInstance): void {
  fastify.addContentTypeParser('application/offset+octet-stream', (_request, _payload, done) => done(null));
}

const why = 'tus 1.0 is a protocol of its own; who may put a file where is asked by its handlers';
const ownHeaders = new Set(['content-length', 'connection']);

@Controller()
export class UploadController {
  constructor(
    private readonly tus: Tus,
    private readonly uploads: Uploads,
  ) {}

  @Options(uploadsPath)
  @For('signed-in', why)
  options(@Asks() caller: Caller, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.#answer(caller, request, reply);
  }

  @Post(uploadsPath)
  @For('signed-in', why)
  create(@Asks() caller: Caller, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.#answer(caller, request, reply);
  }

  @Head(`${uploadsPath}/:id`)
  @For('signed-in', why)
  stand(@Asks() caller: Caller, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.#answer(caller, request, reply);
  }

  @Patch(`${uploadsPath}/:id`)
  @For('signed-in', why)
  write(@Asks() caller: Caller, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.#answer(caller, request, reply);
  }

  @Delete(`${uploadsPath}/:id`)
  @For('signed-in', why)
  terminate(@Asks() caller: Caller, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.#answer(caller, request, reply);
  }

  async #answer(caller: Caller, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    void reply.header('tus-resumable', '1.0.0').header('cache-control', 'no-store');
    const relax = endWhenSilent(request.raw.socket);
    // From there on it is ours to be slow.
    request.raw.once('end', relax);
    try {
      const answer = await this.tus.answer(caller, webRequest(request));
      for (const [name, value] of answer.headers) {
        // One origin: nothing here is for other sites.
        if (!name.startsWith('access-control-') && !ownHeaders.has(name)) void reply.header(name, value);
      }
      const fileId = await this.#finished(caller, request, answer);
      if (fileId !== null) void reply.header(fileIdHeader, fileId);
      await reply.status(answer.status).send('');
    } catch (error) {
      await drain(request, reply);
      throw error;
    } finally {
      relax();
    }
  }

  /** The id of the file, once all bytes are there; asking where an upload stands finishes what a crash left unfinished. */
  async #finished(caller: Caller, request: FastifyRequest, answer: Response): Promise<string | null> {
    if (request.method === 'DELETE' || request.method === 'OPTIONS') return null;
    const url = request.method === 'POST' ? answer.headers.get('location') : request.url.split('?')[0];
    return this.uploads.finish(caller, url?.slice(uploadsPath.length + 1) ?? '');
  }
}

function webRequest(request: FastifyRequest): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined && name !== 'cookie' && name !== 'authorization')
      headers.set(name, String(value));
  }
  const hasBody = request.method === 'PATCH' || (request.method === 'POST' && headers.has('content-type'));
  const body = hasBody ? ReadableStream.from(request.raw.iterator({ destroyOnReturn: false })) : null;
  const init = { method: request.method, headers, body, duplex: 'half' };
  return new Request(new URL(request.url, 'http://drive.invalid'), init as RequestInit);
}

/** Reads a refused body away for a moment; a connection on which more of it would come is not used again. */
async function drain({ raw }: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (raw.complete || raw.destroyed) return;
  let bytes = 0;
  raw.removeAllListeners('readable');
  await new Promise<void>((resolve) => {
    setTimeout(resolve, drainMsMax).unref();
    raw
      .once('close', resolve)
      .once('end', resolve)
      .once('error', () => resolve());
    raw.on('data', (chunk: Buffer) => {
      bytes += chunk.byteLength;
      if (bytes > drainBytesMax) resolve();
    });
    raw.resume();
  });
  if (!raw.complete) void reply.header('connection', 'close');
}
