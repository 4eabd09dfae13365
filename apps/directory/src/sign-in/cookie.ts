/** A Set-Cookie value for this browser only: not for scripts, not for other sites' requests. */
export function setCookie(
  name: string,
  value: string,
  options: { publicUrl: string; maxAgeSeconds: number },
): string {
  const secure = options.publicUrl.startsWith('https:') ? '; Secure' : '';
  const seconds = Math.max(0, Math.floor(options.maxAgeSeconds));
  return `${name}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
}

/** A Set-Cookie value that makes the browser forget the cookie. */
export function dropCookie(name: string, publicUrl: string): string {
  return setCookie(name, '', { publicUrl, maxAgeSeconds: 0 });
}
