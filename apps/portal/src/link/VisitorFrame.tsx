import './link.css';
import type { Locale } from '@parvis/contract/shape';
import { LinkButton } from '@parvis/ui/Button';
import { Mark } from '@parvis/ui/Mark';
import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { localeNames, locales } from '../i18n/locale.ts';

interface Props {
  at: string;
  /** What is shown has a main part of its own, and may take the whole screen. */
  whole?: boolean;
  children: ReactNode;
}

/** The frame of pages for people without an account: what was shared, the languages, and the way in for those who have one. */
export async function VisitorFrame({ at, whole, children }: Props) {
  const [t, signIn, locale] = await Promise.all([
    getTranslations('link'),
    getTranslations('signIn'),
    getLocale() as Promise<Locale>,
  ]);
  return (
    <div className="visitor">
      <header className="visitor-head">
        <span className="door-mark">
          <Mark />
          <span>Parvis</span>
        </span>
        <nav className="p-seg" aria-label={signIn('language')}>
          {locales.map((one) => (
            <a
              key={one}
              className="p-seg-to"
              href={`/language/${one}?to=${encodeURIComponent(at)}`}
              lang={one}
              hrefLang={one}
              aria-current={one === locale ? 'true' : undefined}
            >
              {localeNames[one]}
            </a>
          ))}
        </nav>
        <LinkButton href={`/sign-in?to=${encodeURIComponent(at)}`}>{t('signIn')}</LinkButton>
      </header>
      {whole ? (
        children
      ) : (
        <main className="visitor-in" id="main" tabIndex={-1}>
          {children}
        </main>
      )}
    </div>
  );
}
