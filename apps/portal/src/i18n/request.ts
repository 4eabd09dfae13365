import type { Locale } from '@parvis/contract/shape';
import { cookies, headers } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { chooseLocale, localeCookie, readLocale } from './locale.ts';
import { sentences } from './sentences.ts';

/** The language of this request, from the cookie that the person's preference sets. */
export async function requestLocale(): Promise<Locale> {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  return chooseLocale(jar.get(localeCookie)?.value, head.get('accept-language'));
}

export default getRequestConfig(async ({ locale: asked }) => {
  // A page for nobody in particular (the manifest) says which language it wants.
  const locale = readLocale(asked) ?? (await requestLocale());
  return {
    locale,
    messages: await sentences(locale),
    timeZone: process.env.PARVIS_TIME_ZONE || 'Europe/Paris',
    now: new Date(),
  };
});
