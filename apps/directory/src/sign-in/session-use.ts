import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { Database } from '@parvis/server/database';
import type { HouseRequest } from '@parvis/server/serves';
import type { Observable } from 'rxjs';

/** Milliseconds between two notes of one session's use, and sessions remembered for it. */
const noteEveryMs = 30_000;
const notedMax = 20_000;

/** Notes that a session is in use: only such sessions are renewed. Never delays or fails a request. */
@Injectable()
export class SessionUse implements NestInterceptor {
  readonly #database: Database;
  readonly #noted = new Map<string, number>();

  constructor(database: Database) {
    this.#database = database;
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const session = context.switchToHttp().getRequest<HouseRequest>().caller?.session;
    if (session) this.#note(session);
    return next.handle();
  }

  #note(session: string): void {
    const now = Date.now();
    if ((this.#noted.get(session) ?? 0) > now - noteEveryMs) return;
    if (this.#noted.size >= notedMax) this.#noted.clear();
    this.#noted.set(session, now);
    this.#database.db
      .query("update access.session set seen_at = now() where hash = decode($1, 'hex')", [session])
      .catch(() => this.#noted.delete(session));
  }
}
