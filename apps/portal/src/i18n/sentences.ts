import type { Locale } from '@parvis/contract/shape';

/** The domains of the portal; each keeps its sentences beside its code, in three files with equal keys. */
export const domains = [
  'shell',
  'signIn',
  'problems',
  'home',
  'space',
  'chat',
  'docs',
  'drive',
  'meet',
  'people',
  'settings',
  'sharing',
  'status',
  'trash',
  'offline',
] as const;
export type Domain = (typeof domains)[number];

/** All sentences of a language, by domain. */
export async function sentences(locale: Locale): Promise<Record<string, unknown>> {
  const read = await Promise.all(
    domains.map(async (domain) => {
      const file = (await import(`../${domain}/messages.${locale}.json`)) as { default: unknown };
      return [domain, file.default] as const;
    }),
  );
  return Object.fromEntries(read);
}
