const pathLengthMax = 2_000;

/**
 * Where to go after signing in: a path of this very origin, or `/` for anything else. Browsers read `//host`, `/\host`
 * and a path that dot segments turn into `//host` as another site.
 */
export function localPath(wanted: string | undefined, publicUrl: string): string {
  if (wanted === undefined || wanted.length > pathLengthMax || !/^\/(?![/\\])/.test(wanted)) return '/';
  const origin = new URL(publicUrl).origin;
  const parsed = URL.canParse(wanted, origin) ? new URL(wanted, origin) : null;
  if (parsed === null || parsed.origin !== origin || parsed.pathname.startsWith('//')) return '/';
  // Signing in must not lead to signing in or out again.
  if (/^\/(?:auth|api|realms|sign-in)(?:\/|$)/.test(parsed.pathname)) return '/';
  return `${parsed.pathname}${parsed.search}${parsed.hash}`;
}
