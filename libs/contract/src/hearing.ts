/**
 * What a service of the house says on a socket, or null for what this page does not know: a newer server may say more,
 * and what a page does not know it does not need. The service has made it by its shape, which is not read again here.
 * @param kinds every `t` of the shape, for example `chatHearings`
 */
export function heard<T extends { readonly t: string }>(kinds: readonly T['t'][], text: string): T | null {
  const said: unknown = JSON.parse(text);
  const known = typeof said === 'object' && said !== null && 't' in said && kinds.some((t) => t === said.t);
  return known ? (said as T) : null;
}
