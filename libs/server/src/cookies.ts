import { createHash } from 'node:crypto';

/** `__Host-` binds the cookie to this origin; browsers accept that prefix on https only. */
export function sessionCookieName(publicUrl: string): string {
  return publicUrl.startsWith('https:') ? '__Host-parvis' : 'parvis';
}

/** The value of one cookie in a Cookie header (RFC 6265), or null. */
export function cookieOf(header: string | undefined, name: string): string | null {
  for (const part of header?.split(';') ?? []) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return null;
}

/** Session tokens are 32 random bytes in base64url; only their SHA-256 is kept. */
export function sessionHashOf(token: string): Buffer | null {
  return /^[A-Za-z0-9_-]{43}$/.test(token) ? createHash('sha256').update(token).digest() : null;
}
