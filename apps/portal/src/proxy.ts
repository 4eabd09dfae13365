import { type NextRequest, NextResponse } from 'next/server';

/** Content security policy of pages: scripts only from here and with this answer's nonce; WebAssembly, which is no script. */
function policy(nonce: string): string {
  const dev = process.env.NODE_ENV === 'development' ? " 'unsafe-eval'" : '';
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic' 'wasm-unsafe-eval'${dev}`,
    // The editor and the positions of floating parts write style attributes.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "font-src 'self'",
    "connect-src 'self' ws: wss:",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The page of parts is for development and tests; asked at each request, so that one build serves both. */
function isClosed(path: string): boolean {
  if (path !== '/parts') return false;
  return process.env.NODE_ENV === 'production' && process.env.PARVIS_PARTS !== 'on';
}

export function proxy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.randomUUID()).toString('base64');
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy(nonce));
  headers.set('x-parvis-path', request.nextUrl.pathname + request.nextUrl.search);
  const response = isClosed(request.nextUrl.pathname)
    ? NextResponse.rewrite(new URL('/closed', request.url), { request: { headers } })
    : NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy(nonce));
  response.headers.set('x-content-type-options', 'nosniff');
  response.headers.set('referrer-policy', 'same-origin');
  response.headers.set('x-frame-options', 'DENY');
  response.headers.set(
    'permissions-policy',
    'camera=(self), microphone=(self), display-capture=(self), geolocation=()',
  );
  response.headers.set('cross-origin-opener-policy', 'same-origin');
  return response;
}

export const config = {
  matcher: ['/((?!_next/static|_next/image|icons/|fonts/|sw.js|manifest.webmanifest|favicon.ico).*)'],
};
