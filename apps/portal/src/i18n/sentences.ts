import type { Locale } from '@parvis/contract/shape';

/**
 * The domains of the portal; each keeps its sentences beside its code, in three files with equal keys. A part of a
 * domain with sentences of its own stands in a folder inside it: `docs/comments` is asked for as
 * `docsComments`.
 */
export const domains = [
  'shell',
  'shell/keys',
  'signIn',
  'problems',
  'home',
  'inbox',
  'inbox/settings',
  'presence',
  'space',
  'chat',
  'chat/apps',
  'chat/emoji',
  'chat/message',
  'chat/compose',
  'chat/forward',
  'chat/voice',
  'chat/saved',
  'chat/scheduled',
  'chat/when',
  'chat/poll',
  'chat/files',
  'chat/panel',
  'chat/pins',
  'chat/thread',
  'chat/threads',
  'chat/channel',
  'chat/direct',
  'chat/huddle',
  'chat/moderation',
  'chat/admin',
  'board',
  'docs',
  'docs/comments',
  'docs/convert',
  'docs/suggestions',
  'docs/editor',
  'docs/home',
  'docs/tasks',
  'docs/tree',
  'docs/history',
  'docs/offline',
  'docs/writing',
  'docs/meeting',
  'drive',
  'meet',
  'meet/kept',
  'meetings',
  'meet/devices',
  'meet/room',
  'meet/breakout',
  'meet/scribe',
  'people',
  'bots',
  'emoji',
  'search',
  'settings',
  'sharing',
  'status',
  'trash',
  'offline',
  'link',
] as const;
export type Domain = (typeof domains)[number];

/** The name that a domain's sentences are asked for by. */
export function nameOf(domain: string): string {
  return domain.replaceAll(/\/(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** All sentences of a language, by domain. */
export async function sentences(locale: Locale): Promise<Record<string, unknown>> {
  const read = await Promise.all(
    domains.map(async (domain) => {
      // Bundlers follow a name that is put together through one folder, not through two at once.
      const [outer = '', part] = domain.split('/');
      const file = (await (part === undefined
        ? import(`../${outer}/messages.${locale}.json`)
        : import(`../${outer}/${part}/messages.${locale}.json`))) as { default: unknown };
      return [nameOf(domain), file.default] as const;
    }),
  );
  return Object.fromEntries(read);
}
