import type { Me } from '@parvis/contract/directory';
import type { Locale } from '@parvis/contract/shape';
import { localeCookie, themeCookie } from '../i18n/locale.ts';

/** Seconds a choice is remembered by this browser; the person's own preference is kept by the directory. */
const rememberedSeconds = 365 * 24 * 3600;

function remember(name: string, value: string): void {
  document.cookie = `${name}=${value}; path=/; max-age=${rememberedSeconds}; samesite=lax`;
}

function rememberLocale(locale: Locale): void {
  remember(localeCookie, locale);
}

function rememberTheme(theme: string): void {
  remember(themeCookie, theme);
}

export const themes = ['system', 'light', 'dark', 'contrast'] as const satisfies readonly Me['theme'][];
type Theme = Me['theme'];

/** Tells the directory; its client is fetched only now, no page needs it to be shown. */
async function keep(change: { locale?: Locale; theme?: Theme }): Promise<void> {
  const { keepPreferences } = await import('./keep-preferences.ts');
  await keepPreferences(change);
}

/** Changes the language and asks for the page again: language and direction stand in the HTML element. */
export async function speak(locale: Locale): Promise<void> {
  rememberLocale(locale);
  // Kept by this browser already: a directory that does not answer only forgets it for the next one.
  await keep({ locale }).catch(() => undefined);
  window.location.reload();
}

/** Changes the appearance at once. @throws Refusal when the directory could not keep it for the next browser */
export async function dress(theme: Theme): Promise<void> {
  rememberTheme(theme);
  document.documentElement.dataset.theme = theme;
  await keep({ theme });
}
