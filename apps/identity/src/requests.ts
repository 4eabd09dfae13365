import type { IncomingMessage, ServerResponse } from 'node:http';

/** Bytes of a form or an admin request; real ones are under 4 kB. */
const bodyBytesMax = 64 * 1024;

/** The request is refused with this status; the text is for developers. */
export class BadRequest extends Error {
  override readonly name = 'BadRequest';
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

async function bodyOf(request: IncomingMessage, type: string): Promise<string> {
  const given = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (given !== type) throw new BadRequest(415, `expected ${type}`);
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > bodyBytesMax) throw new BadRequest(413, 'body too large');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

export async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  return new URLSearchParams(await bodyOf(request, 'application/x-www-form-urlencoded'));
}

export async function jsonOf(request: IncomingMessage): Promise<unknown> {
  const body = await bodyOf(request, 'application/json');
  try {
    return JSON.parse(body);
  } catch {
    throw new BadRequest(400, 'malformed JSON');
  }
}

export function answerJson(response: ServerResponse, status: number, body?: unknown): void {
  response.statusCode = status;
  response.setHeader('cache-control', 'no-store');
  response.setHeader('x-content-type-options', 'nosniff');
  if (body === undefined) {
    response.end();
    return;
  }
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(body));
}

interface PageAnswer {
  readonly status?: number;
  /** Origins, besides our own, that the form may lead to. */
  readonly formTargets?: readonly string[];
}

/** No script at all, no style or picture but ours, never in a frame. */
export function answerPage(
  response: ServerResponse,
  html: string,
  { status = 200, formTargets = [] }: PageAnswer = {},
) {
  response.statusCode = status;
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.setHeader('cache-control', 'no-store');
  response.setHeader(
    'content-security-policy',
    [
      "default-src 'none'",
      "style-src 'self'",
      "font-src 'self'",
      "img-src 'self'",
      `form-action ${["'self'", ...formTargets].join(' ')}`,
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
  );
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('x-frame-options', 'DENY');
  response.setHeader('referrer-policy', 'no-referrer');
  response.end(html);
}

/** Who knocks: the proxy's word counts only when the proxy is on this machine. */
export function addressOf(request: IncomingMessage): string {
  const peer = request.socket.remoteAddress ?? 'unknown';
  const forwarded = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .at(-1)
    ?.trim();
  const local = peer === '::1' || /^(::ffff:)?127\./.test(peer);
  return local && forwarded ? forwarded.slice(0, 64) : peer;
}
