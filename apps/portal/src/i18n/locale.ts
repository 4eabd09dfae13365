import { Locale } from '@parvis/contract/shape';

/** The languages of the house, equal among themselves; the order is that of the language switch. */
export const locales = ['fr', 'en', 'ar'] as const satisfies readonly Locale[];
export const localeCookie = 'parvis_lang';
export const themeCookie = 'parvis_theme';
/** How each language calls itself. */
export const localeNames: Record<Locale, string> = { fr: 'Français', en: 'English', ar: 'العربية' };

export function directionOf(locale: Locale): 'ltr' | 'rtl' {
  return locale === 'ar' ? 'rtl' : 'ltr';
}

/** The language of a request: the person's choice, else the browser's first that we speak, else French. */
export function chooseLocale(chosen: string | undefined, acceptLanguage: string | null): Locale {
  const known = Locale.safeParse(chosen);
  if (known.success) return known.data;
  for (const part of acceptLanguage?.split(',') ?? []) {
    const tag = Locale.safeParse(part.trim().slice(0, 2).toLowerCase());
    if (tag.success) return tag.data;
  }
  return 'fr';
}
