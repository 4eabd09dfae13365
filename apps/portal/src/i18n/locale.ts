import type { Locale } from '@parvis/contract/shape';

/** The languages of the house, equal among themselves; the order is that of the language switch. */
export const locales = ['fr', 'en', 'ar'] as const satisfies readonly Locale[];
export const localeCookie = 'parvis_lang';
export const themeCookie = 'parvis_theme';
/** How each language calls itself. */
export const localeNames: Record<Locale, string> = { fr: 'Français', en: 'English', ar: 'العربية' };

export function directionOf(locale: Locale): 'ltr' | 'rtl' {
  return locale === 'ar' ? 'rtl' : 'ltr';
}

/** The language that a text names, or undefined. Without zod: this runs in the first script of every page. */
export function readLocale(text: string | undefined): Locale | undefined {
  return locales.find((one) => one === text);
}

/** The language of a request: the person's choice, else the browser's first that we speak, else French. */
export function chooseLocale(chosen: string | undefined, acceptLanguage: string | null): Locale {
  const known = readLocale(chosen);
  if (known) return known;
  for (const part of acceptLanguage?.split(',') ?? []) {
    const spoken = readLocale(part.trim().slice(0, 2).toLowerCase());
    if (spoken) return spoken;
  }
  return 'fr';
}
