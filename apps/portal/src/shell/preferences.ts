import type { Locale } from '@parvis/contract/shape';
import { localeCookie, themeCookie } from '../i18n/locale.ts';

/** Seconds a choice is remembered by this browser; the person's own preference is kept by the directory. */
const rememberedSeconds = 365 * 24 * 3600;

function remember(name: string, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: a preference that the next page's HTML depends on
  document.cookie = `${name}=${value}; path=/; max-age=${rememberedSeconds}; samesite=lax`;
}

export function rememberLocale(locale: Locale): void {
  remember(localeCookie, locale);
}

export function rememberTheme(theme: string): void {
  remember(themeCookie, theme);
}
