import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Operation, Who } from '@parvis/contract/operation';
import { bearerOf } from './bearer.ts';
import type { Caller } from './caller.ts';
import { Callers } from './callers.ts';
import { Refused } from './refused.ts';
import { type HouseRequest, operationKey, whoKey } from './serves.ts';

const reading = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether a caller belongs to those whom a route names. */
export function admits(who: Who, caller: Caller | null): boolean {
  if (who === 'anyone') return true;
  if (caller === null) return false;
  if (who === 'signed-in') return true;
  if (who === 'member') return caller.kind === 'member';
  return caller.administrator && caller.kind === 'member';
}

/**
 * A browser names the page's origin on every request that may change something. A request that carries our
 * cookie from another page is refused (cross-site request forgery); scripts send no Origin and no cookie of a browser.
 */
export function isForeign(origin: string | undefined, publicUrl: string): boolean {
  return origin !== undefined && origin !== new URL(publicUrl).origin;
}

/** Resolves the caller and holds each route to what it declares. A route without a declaration never starts. */
@Injectable()
export class HouseGuard implements CanActivate {
  readonly #reflector: Reflector;
  readonly #callers: Callers | null;
  readonly #publicUrl: string;

  constructor(reflector: Reflector, callers: Callers | null, publicUrl: string) {
    this.#reflector = reflector;
    this.#callers = callers;
    this.#publicUrl = publicUrl;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<HouseRequest>();
    const who = this.#reflector.getAllAndOverride<Who | undefined>(whoKey, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (who === undefined) throw new Error(`${request.method} ${request.url} does not name who may call it`);
    const bearer = bearerOf(request.headers.authorization) !== null;
    if (!reading.has(request.method) && !bearer && isForeign(request.headers.origin, this.#publicUrl)) {
      throw Refused.notAllowed('foreign-origin');
    }
    const caller = this.#within(context, who, (await this.#callers?.of(request.raw)) ?? null);
    if (caller !== null) request.caller = caller;
    if (admits(who, caller)) return true;
    throw caller === null
      ? Refused.noSession()
      : Refused.notAllowed(caller.kind === 'guest' ? 'guest-not-allowed' : 'not-allowed');
  }

  /**
   * A bot whose token is for this operation, and people as they are. Where anybody may come a bot comes as nobody, so
   * that no operation gives it what its token does not name. @throws Refused `scope-missing`
   */
  #within(context: ExecutionContext, who: Who, caller: Caller | null): Caller | null {
    if (caller === null || caller.scopes === null) return caller;
    const op = this.#reflector.get<Operation | undefined>(operationKey, context.getHandler());
    if (op?.scope !== undefined && caller.scopes.includes(op.scope)) return caller;
    if (who === 'anyone' && op?.scope === undefined) return null;
    throw Refused.notAllowed('scope-missing');
  }
}
