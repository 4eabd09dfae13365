import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Context } from 'oidc-provider';
import { admin } from './admin.ts';
import { type House, pendingKind } from './house.ts';
import { notice, renderPage } from './page.ts';
import { People } from './people.ts';
import { keysOf, paths, providerOf } from './provider.ts';
import { BadRealm, type Realm, readRealm } from './realm.ts';
import { Records } from './records.ts';
import { answerJson, answerPage, BadRequest } from './requests.ts';
import { Sessions } from './sessions.ts';
import { signIn } from './sign-in.ts';
import { signOut } from './sign-out.ts';
import { Store } from './store.ts';
import { Throttle } from './throttle.ts';
import { OwnTokens } from './tokens.ts';
import { userinfo } from './userinfo.ts';
import { languageFor, languages } from './words.ts';

/** One look for both: the stand-in serves the style, pictures and fonts of Keycloak's own theme. */
const lookFolder = fileURLToPath(
  new URL('../../../infra/keycloak/theme/parvis/login/resources', import.meta.url),
);
const lookTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const lookMaxAgeSeconds = 3600;
const requestTimeoutMs = 30_000;
/** Longer than a proxy in front keeps a connection that nobody uses. */
const keptMs = 72_000;

export interface IdentityOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly host: string;
  /** The address people's browsers use, without a trailing slash; the issuer is `<publicUrl>/realms/<realm>`. */
  readonly publicUrl: string;
  /** The realm representation as assembled by infra/keycloak/assemble.mjs, placeholders unfilled. */
  readonly realm: unknown;
  /** Secret of the client `parvis-portal`. */
  readonly clientSecret: string;
  /** Secret of the service account `parvis-directory`. */
  readonly directorySecret: string;
  /** Where the directory service hears of the end of sessions. */
  readonly backchannelUrl: string;
  /** Keys, sessions and accounts are kept here; one process at a time. */
  readonly dataFolder: string;
  /** Whether the realm's people with public passwords are wanted. */
  readonly demo: boolean;
  /** More of the realm's `PARVIS_…` variables. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly warn?: (line: string) => void;
}
export interface Identity {
  /** Where it listens. */
  readonly url: string;
  readonly issuer: string;
  close(): Promise<void>;
}

/**
 * Starts the stand-in for Keycloak: same addresses, same realm file.
 * @throws BadRealm when the realm or its settings cannot be used; a system error when the port or folder cannot.
 */
export async function startIdentity(options: IdentityOptions): Promise<Identity> {
  const realm = realmOf(options);
  const store = new Store(options.dataFolder);
  try {
    const house = await houseOf(options, realm, store);
    const server = createServer((request, response) => void serve(house, options, request, response));
    server.requestTimeout = requestTimeoutMs;
    await listening(server, options);
    const { port } = server.address() as AddressInfo;
    return {
      url: `http://${options.host}:${port}`,
      issuer: house.issuer,
      close: async () => {
        await closed(server);
        store.close();
      },
    };
  } catch (error) {
    store.close();
    throw error;
  }
}

function realmOf(options: IdentityOptions): Realm {
  const realm = readRealm(options.realm, {
    ...options.variables,
    PARVIS_PUBLIC_URL: options.publicUrl,
    PARVIS_BACKCHANNEL_URL: options.backchannelUrl,
    PARVIS_PORTAL_CLIENT_SECRET: options.clientSecret,
    PARVIS_DIRECTORY_CLIENT_SECRET: options.directorySecret,
  });
  if (!options.demo && realm.users.some(({ credentials }) => credentials.length > 0)) {
    throw new BadRealm('The realm holds people with known passwords, but no demonstration was asked for.');
  }
  return realm;
}

async function houseOf(options: IdentityOptions, realm: Realm, store: Store): Promise<House> {
  const issuer = `${options.publicUrl}/realms/${realm.realm}`;
  const base = new URL(issuer).pathname;
  const people = new People(store, realm);
  const keys = await keysOf(store);
  await people.takeIn();
  const home = `${options.publicUrl}/`;
  const renderError = (context: Context, out: { error: string }) => {
    const language = languageFor([context.req.headers['accept-language']], realm.defaultLocale);
    const words = languages[language];
    const title = words.refusedTitle;
    const body = notice(words, title, words.refusedWhy, out.error, home);
    answerPage(context.res, renderPage({ language, title, body, switchTo: null, base }), {
      status: context.status,
    });
  };
  const provider = providerOf({ issuer, realm, store, people, keys, renderError });
  const warn = options.warn ?? (() => {});
  provider.on('server_error', (_context, error) => warn(`identity: ${error.stack ?? error.message}`));
  return {
    realm,
    base,
    issuer,
    home,
    demo: options.demo,
    cookieKey: keys.cookies,
    provider,
    handle: provider.callback(),
    people,
    sessions: new Sessions(store, provider, warn),
    throttle: new Throttle(store, realm),
    tokens: new OwnTokens(issuer, keys.signing),
    pending: new Records(store, pendingKind),
  };
}

async function serve(
  house: House,
  options: IdentityOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    await route(house, request, response);
  } catch (error) {
    if (!(error instanceof BadRequest)) {
      options.warn?.(`identity: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
    if (response.headersSent) response.destroy();
    else if (error instanceof BadRequest) answerJson(response, error.status, { errorMessage: error.message });
    else answerJson(response, 500, { error: 'server_error' });
  }
}

async function route(house: House, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = URL.parse(request.url ?? '/', house.issuer);
  if (!url) throw new BadRequest(400, 'malformed address');
  const { pathname } = url;
  if (pathname === '/health/ready') answerJson(response, 200, { status: 'UP' });
  else if (pathname.startsWith(`/admin/realms/${house.realm.realm}/users`)) {
    await admin(house, request, response, url);
  } else if (pathname.startsWith(`${house.base}${paths.authenticate}/`)) {
    await signIn(house, asPublic(house, request), response, url);
  } else if (pathname === `${house.base}${paths.end_session}`) await signOut(house, request, response, url);
  else if (pathname === `${house.base}${paths.userinfo}`) userinfo(house, request, response);
  else if (pathname.startsWith(`${house.base}/look/`)) await look(house, pathname, response);
  else if (pathname.startsWith(`${house.base}/`)) await provide(house, request, response);
  else answerJson(response, 404, { error: 'not_found' });
}

/** oidc-provider counts its paths from the issuer, and builds addresses from the request's host. */
async function provide(house: House, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const original = asPublic(house, request) as IncomingMessage & { originalUrl?: string };
  original.originalUrl = request.url ?? '/';
  original.url = original.originalUrl.slice(house.base.length);
  await house.handle(original, response);
}

/** Whatever host the request names, the addresses that go out are the public ones. */
function asPublic(house: House, request: IncomingMessage): IncomingMessage {
  const { host, protocol } = new URL(house.issuer);
  request.headers.host = host;
  request.headers['x-forwarded-proto'] = protocol.slice(0, -1);
  delete request.headers['x-forwarded-host'];
  return request;
}

async function look(house: House, pathname: string, response: ServerResponse): Promise<void> {
  const [, name] =
    /^([a-z]+\/[a-z-]+\.(?:css|svg|woff2))$/.exec(pathname.slice(`${house.base}/look/`.length)) ?? [];
  const content = name ? await readFile(join(lookFolder, name)).catch(() => null) : null;
  if (!content) {
    answerJson(response, 404, { error: 'not_found' });
    return;
  }
  response.setHeader('content-type', lookTypes[extname(pathname)] ?? 'application/octet-stream');
  response.setHeader('cache-control', `public, max-age=${lookMaxAgeSeconds}`);
  response.setHeader('x-content-type-options', 'nosniff');
  response.end(content);
}

function listening(server: Server, { port, host }: IdentityOptions): Promise<void> {
  server.keepAliveTimeout = keptMs;
  return new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(port, host, () => {
      server.off('error', failed);
      done();
    });
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
}
