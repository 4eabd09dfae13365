import type { GatewaySettings } from './settings.ts';

/** Where a request goes: the address behind the gateway, and the path it is asked for there. */
export interface Target {
  readonly origin: string;
  readonly path: string;
}

type Ways = Pick<GatewaySettings, 'services' | 'portalUrl' | 'livekitUrl'>;

/**
 * The one origin, by path: `/api/<service>` and `/ws/<service>` to the services, `/auth`, `/api` and `/api/openapi.json`
 * to the directory, `/realms`, `/admin/realms`, `/resources` and `/identity` to the identity provider, `/livekit` to the
 * media server (without that prefix), everything else to the portal. Null for a service that is not there.
 */
export function targetOf(url: string, ways: Ways): Target | null {
  const path = url.split('?', 1)[0] as string;
  const to = (origin: string | undefined, at = url): Target | null => (origin ? { origin, path: at } : null);
  if (path === '/api' || path === '/api/' || path === '/api/openapi.json') return to(ways.services.directory);
  const named = /^\/(?:api|ws)\/([a-z]+)(?:\/|$)/.exec(path);
  if (named) return to(ways.services[named[1] as string]);
  if (path.startsWith('/auth/')) return to(ways.services.directory);
  if (/^\/(?:realms|admin\/realms|resources|identity)\//.test(path)) return to(ways.services.identity);
  if (path === '/livekit' || path.startsWith('/livekit/'))
    return to(ways.livekitUrl, url.slice('/livekit'.length) || '/');
  if (path.startsWith('/api/') || path.startsWith('/ws/')) return null;
  return to(ways.portalUrl);
}
