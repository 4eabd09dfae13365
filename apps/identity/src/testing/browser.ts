import { createHash, createPublicKey, type JsonWebKey, randomBytes, verify } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const redirectsMax = 8;

/** Where an identity service is and what this test may use there. */
export interface Place {
  /** `<server>/realms/parvis`. */
  readonly issuer: string;
  /** The portal's public URL that the realm was given. */
  readonly portalUrl: string;
  readonly clientSecret: string;
  readonly directorySecret: string;
  /** Port of 127.0.0.1 on which the realm's back-channel address listens. */
  readonly backchannelPort: number;
}
interface Answer {
  readonly status: number;
  readonly url: string;
  readonly headers: Headers;
  readonly text: string;
}
interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly id_token: string;
}

/** A browser without scripts: cookies, redirects, forms. It stops at the portal's own address. */
export class Browser {
  readonly #cookies = new Map<string, { value: string; path: string }>();
  readonly #portal: string;
  readonly #language: string;

  constructor(place: Place, language = 'fr') {
    this.#portal = `${place.portalUrl}/`;
    this.#language = language;
  }

  async open(address: string, form?: URLSearchParams): Promise<Answer> {
    let url = address;
    let body = form;
    for (let hops = 0; hops < redirectsMax; hops += 1) {
      const response = await fetch(url, {
        method: body ? 'POST' : 'GET',
        redirect: 'manual',
        headers: { accept: 'text/html', 'accept-language': this.#language, cookie: this.#cookiesFor(url) },
        ...(body && { body }),
      });
      this.#keep(response, url);
      const next = response.headers.get('location');
      const text = await response.text();
      if (!next) return { status: response.status, url, headers: response.headers, text };
      url = new URL(next, url).href;
      body = undefined;
      if (this.#isPortal(url)) return { status: response.status, url, headers: response.headers, text };
    }
    throw new Error(`more than ${redirectsMax} redirects from ${address}`);
  }

  /** Sends the form that has these fields, with its hidden ones; a page may hold several forms. */
  async submit(page: Answer, fields: Record<string, string>): Promise<Answer> {
    const wanted = `name="${Object.keys(fields)[0]}"`;
    const found = page.text.split('<form').find((part) => part.split('</form>')[0]?.includes(wanted));
    const [form = '', ...inside] = (found ?? '').split('</form>')[0]?.split('>') ?? [];
    const action = /action="([^"]+)"/.exec(form)?.[1];
    if (!action) throw new Error(`no form with ${wanted} on ${page.url} (${page.status})`);
    const body = new URLSearchParams();
    for (const input of inside.filter((tag) => tag.includes('type="hidden"'))) {
      const name = /name="([^"]*)"/.exec(input)?.[1];
      if (name) body.set(name, unescape(/value="([^"]*)"/.exec(input)?.[1] ?? ''));
    }
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    return this.open(new URL(unescape(action), page.url).href, body);
  }

  /** Identity may live on the portal's origin, below /realms. */
  #isPortal(url: string): boolean {
    return url.startsWith(this.#portal) && !new URL(url).pathname.startsWith('/realms/');
  }

  #cookiesFor(url: string): string {
    const { pathname } = new URL(url);
    return [...this.#cookies]
      .filter(([, { path }]) => pathname.startsWith(path))
      .map(([name, { value }]) => `${name.split(' ')[0]}=${value}`)
      .join('; ');
  }

  #keep(response: Response, url: string): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(/;\s*/);
      const [name = '', ...value] = pair.split('=');
      const attribute = (wanted: string) =>
        attributes.find((one) => one.toLowerCase().startsWith(`${wanted}=`))?.slice(wanted.length + 1);
      const path = attribute('path') ?? new URL(url).pathname;
      const gone =
        value.join('=') === '' ||
        attribute('max-age') === '0' ||
        Date.parse(attribute('expires') ?? '') < Date.now();
      if (gone) this.#cookies.delete(`${name} ${path}`);
      else this.#cookies.set(`${name} ${path}`, { value: value.join('='), path });
    }
  }
}

function unescape(text: string): string {
  return text
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

interface Asked {
  readonly url: string;
  readonly verifier: string;
  readonly nonce: string;
}

/** An authorization request; `over` changes parameters, undefined drops one. */
export function ask(place: Place, over: Record<string, string | undefined> = {}): Asked {
  const verifier = randomBytes(32).toString('base64url');
  const nonce = randomBytes(16).toString('base64url');
  const parameters = {
    client_id: 'parvis-portal',
    response_type: 'code',
    scope: 'openid profile email',
    redirect_uri: `${place.portalUrl}/auth/callback`,
    state: randomBytes(16).toString('base64url'),
    nonce,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...over,
  };
  const given = Object.entries(parameters).filter((one): one is [string, string] => one[1] !== undefined);
  return {
    url: `${place.issuer}/protocol/openid-connect/auth?${new URLSearchParams(given)}`,
    verifier,
    nonce,
  };
}

/** The whole way through the form: returns the code that the portal's callback gets. */
export async function signInThroughForm(
  place: Place,
  username: string,
  password: string,
  browser = new Browser(place),
) {
  const asked = ask(place);
  const form = await browser.open(asked.url);
  const done = await browser.submit(form, { username, password });
  const code = new URL(done.url).searchParams.get('code');
  return { ...asked, browser, done, code };
}

/** Posts to the token endpoint as the portal. */
async function tokenRequest(place: Place, fields: Record<string, string>) {
  const response = await fetch(`${place.issuer}/protocol/openid-connect/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`parvis-portal:${place.clientSecret}`).toString('base64')}`,
    },
    body: new URLSearchParams(fields),
  });
  return { status: response.status, body: (await response.json()) as Tokens & { error?: string } };
}

export function redeem(place: Place, code: string, verifier: string) {
  const redirect_uri = `${place.portalUrl}/auth/callback`;
  return tokenRequest(place, {
    grant_type: 'authorization_code',
    code,
    redirect_uri,
    code_verifier: verifier,
  });
}

export function refresh(place: Place, refresh_token: string) {
  return tokenRequest(place, { grant_type: 'refresh_token', refresh_token });
}

export async function signedIn(place: Place, username: string, password: string) {
  const visit = await signInThroughForm(place, username, password);
  if (!visit.code) throw new Error(`not signed in: ${visit.done.status} ${visit.done.url}`);
  const { status, body } = await redeem(place, visit.code, visit.verifier);
  if (status !== 200) throw new Error(`no tokens: ${status} ${JSON.stringify(body)}`);
  return { ...visit, tokens: body, claims: await verified(place, body.id_token) };
}

/** The claims of a token after checking its signature against the published keys. */
export async function verified(place: Place, token: string): Promise<Record<string, unknown>> {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const { kid, alg } = JSON.parse(Buffer.from(header, 'base64url').toString()) as {
    kid: string;
    alg: string;
  };
  const published = await fetch(`${place.issuer}/protocol/openid-connect/certs`);
  const { keys } = (await published.json()) as { keys: (JsonWebKey & { kid: string })[] };
  const key = keys.find((one) => one.kid === kid);
  const right =
    alg === 'RS256' &&
    key &&
    verify(
      'sha256',
      Buffer.from(`${header}.${payload}`),
      createPublicKey({ format: 'jwk', key }),
      Buffer.from(signature, 'base64url'),
    );
  if (!right) throw new Error('the signature does not fit the published keys');
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
}

export function unsigned(claims: Record<string, unknown>): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`;
}

/** The directory service's ear for back-channel logout. */
export async function listenForLogout(port: number) {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => {
      body += part.toString();
    });
    request.on('end', () => {
      heard.push(new URLSearchParams(body).get('logout_token') ?? '');
      response.writeHead(200).end();
    });
  });
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  return {
    heard,
    port: (server.address() as AddressInfo).port,
    close: () => new Promise<void>((done) => server.close(() => done())),
  };
}

/** Keycloak's admin API as the directory's service account. */
export async function directoryAdmin(place: Place) {
  const grant = await fetch(`${place.issuer}/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: 'parvis-directory',
      client_secret: place.directorySecret,
    }),
  });
  const { access_token } = (await grant.json()) as { access_token: string };
  const users = `${place.issuer.replace('/realms/', '/admin/realms/')}/users`;
  return async (method: string, path: string, body?: unknown, token = access_token) => {
    const response = await fetch(`${users}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      location: response.headers.get('location'),
      body: (text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text) as unknown,
    };
  };
}

/** Keycloak counts failures beside the request: waits, ten seconds at most, until its admin API says "locked". */
export async function hasLocked(place: Place, personId: string): Promise<void> {
  const admin = await directoryAdmin(place);
  for (let looks = 0; looks < 100; looks += 1) {
    const { body } = await admin('GET', `/../attack-detection/brute-force/users/${personId}`);
    if ((body as { disabled?: boolean }).disabled) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error('Keycloak did not lock the account');
}
