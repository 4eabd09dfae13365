import type { INestApplication } from '@nestjs/common';
import { ModulesContainer, Reflector } from '@nestjs/core';
import { whoKey } from './serves.ts';

/** Nest's own metadata key of a routed method. */
const pathKey = 'path';

export interface Route {
  readonly controller: string;
  readonly method: string;
  readonly path: string;
  readonly who: string | undefined;
}

/** Every routed method of an application, with who may call it. */
export function routesOf(app: INestApplication): Route[] {
  const reflector = app.get(Reflector);
  const found: Route[] = [];
  for (const module of app.get(ModulesContainer).values()) {
    for (const { metatype, instance } of module.controllers.values()) {
      if (!instance || typeof metatype !== 'function') continue;
      const prototype = Object.getPrototypeOf(instance) as Record<string, unknown>;
      for (const method of Object.getOwnPropertyNames(prototype)) {
        const handler = prototype[method];
        if (method === 'constructor' || typeof handler !== 'function') continue;
        const path = reflector.get<string | string[] | undefined>(pathKey, handler);
        if (path === undefined) continue;
        const who = reflector.getAllAndOverride<string | undefined>(whoKey, [handler, metatype]);
        found.push({ controller: metatype.name, method, path: String(path), who });
      }
    }
  }
  return found;
}

/** Routes that do not name who may call them; a service with any of them refuses to start. */
export function routesWithoutWho(app: INestApplication): string[] {
  return routesOf(app)
    .filter((route) => route.who === undefined)
    .map((route) => `${route.controller}.${route.method} (${route.path})`);
}
