import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isAway, problemOf, Refused, refusalOf } from './refused.ts';

/** Answers every error as problem+json; what is not a refusal is a bug: logged whole, told without detail. */
@Catch()
export class Problems implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const refused = refusalOf(error);
    if (refused === null) request.log.error({ err: error }, 'bug');
    else if (isAway(error)) request.log.warn({ err: error }, 'unavailable');
    if (reply.sent || reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    const answer = refused ?? new Refused(500, 'internal');
    void reply
      .status(answer.status)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(JSON.stringify(problemOf(answer, String(request.id))));
  }
}
