import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Orders, Way } from './page/orders.ts';

const fromSource = import.meta.url.endsWith('.ts');
const modules = new Set(['main', 'house', 'room', 'grid', 'encoder', 'orders', 'tile']);
/** Bytes that a page brings at once at most. */
const bodyBytesMax = 64 * 1024 ** 2;

/** What the page is answered. */
export interface PageAnswers {
  way(): Promise<Way>;
  /** Keeps what was drawn before it resolves. */
  frames(records: Buffer): Promise<Orders>;
  done(): void;
}

/** Serves the page that draws, to this machine alone and to whoever has the address that opens once. */
export class PageServer {
  readonly #server: Server;
  readonly #answers: PageAnswers;
  /** Of the address, until it was opened; and of the page that was opened last. */
  #ticket = '';
  #key = '';

  private constructor(answers: PageAnswers) {
    this.#answers = answers;
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch(() => {
        if (!response.headersSent) response.writeHead(500);
        response.end();
      });
    });
  }

  static async open(answers: PageAnswers): Promise<PageServer> {
    const one = new PageServer(answers);
    await new Promise<void>((resolve, reject) => {
      one.#server.once('error', reject);
      one.#server.listen(0, '127.0.0.1', resolve);
    });
    return one;
  }

  /** An address for one page, to be opened once; the page before is heard no longer. */
  address(): string {
    this.#ticket = randomBytes(24).toString('base64url');
    this.#key = '';
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/?${this.#ticket}`;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
    if (request.method === 'GET' && pathname === '/') return this.#page(search.slice(1), response);
    if (request.method === 'GET') return script(pathname.slice(1), response);
    const known = this.#key !== '' && request.headers['x-key'] === this.#key;
    if (!known || request.method !== 'POST') return void response.writeHead(404).end();
    const body = await bodyOf(request);
    if (pathname === '/way') return json(response, await this.#answers.way());
    if (pathname === '/frames') return json(response, await this.#answers.frames(body));
    if (pathname === '/done') this.#answers.done();
    response.writeHead(pathname === '/done' ? 204 : 404).end();
  }

  #page(ticket: string, response: ServerResponse): void {
    if (this.#ticket === '' || ticket !== this.#ticket) return void response.writeHead(404).end();
    this.#ticket = '';
    this.#key = randomBytes(24).toString('base64url');
    const nonce = randomBytes(12).toString('base64url');
    const map = JSON.stringify({ imports: { 'livekit-client': '/livekit-client.js' } });
    const main = `/main.${fromSource ? 'ts' : 'js'}`;
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; script-src 'self' 'nonce-${nonce}'; connect-src *; media-src blob: mediastream:; worker-src blob:`,
    });
    response.end(
      `<!doctype html><meta name="key" content="${this.#key}"><title>Parvis</title><body>` +
        `<script type="importmap" nonce="${nonce}">${map}</script><script type="module" src="${main}"></script>`,
    );
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }
}

async function script(name: string, response: ServerResponse): Promise<void> {
  const [, known] = /^(\w+)\.[jt]s$/.exec(name) ?? [];
  const isClient = name === 'livekit-client.js';
  if (!isClient && !modules.has(known ?? '')) return void response.writeHead(404).end();
  const place = isClient ? import.meta.resolve('livekit-client') : new URL(`./page/${name}`, import.meta.url);
  const text = await readFile(fileURLToPath(place), 'utf8');
  response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8' });
  response.end(fromSource && !isClient ? stripTypeScriptTypes(text) : text);
}

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > bodyBytesMax) throw new RangeError('too much at once');
    parts.push(part);
  }
  return Buffer.concat(parts);
}
