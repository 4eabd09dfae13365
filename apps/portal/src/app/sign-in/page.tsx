import type { Locale } from '@parvis/contract/shape';
import { Banner } from '@parvis/ui/Banner';
import { LinkButton } from '@parvis/ui/Button';
import { Mark } from '@parvis/ui/Mark';
import { Floor } from '@parvis/ui/SpaceTile';
import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { localeNames, locales } from '../../i18n/locale.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('signIn'))('title') };
}

/** Only a path on this site may follow the sign-in. */
function safePath(to: unknown): string {
  return typeof to === 'string' && /^\/(?![/\\])/.test(to) && !to.startsWith('/sign-in') ? to : '/';
}

/** The door. No script is needed to come in. */
export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, unknown>>;
}) {
  const [asked, locale, t, problems] = await Promise.all([
    searchParams,
    getLocale() as Promise<Locale>,
    getTranslations('signIn'),
    getTranslations('problems'),
  ]);
  const to = safePath(asked.to);
  const problem = typeof asked.problem === 'string' && problems.has(asked.problem) ? asked.problem : null;
  return (
    <div className="door">
      <main className="door-in" id="main">
        <header className="door-head">
          <span className="door-mark">
            <Mark />
            <span>Parvis</span>
          </span>
          <nav className="p-seg" aria-label={t('language')}>
            {locales.map((one) => (
              <a
                key={one}
                className="p-seg-to"
                href={`/language/${one}?to=${encodeURIComponent(`/sign-in?to=${encodeURIComponent(to)}`)}`}
                lang={one}
                hrefLang={one}
                aria-current={one === locale ? 'true' : undefined}
              >
                {localeNames[one]}
              </a>
            ))}
          </nav>
        </header>
        <div className="door-middle">
          <h1>{t('hello')}</h1>
          <p>{t('say')}</p>
          {problem !== null && <Banner tone="bad">{problems(problem)}</Banner>}
          <LinkButton
            kind="main"
            size="big"
            wide
            href={`/auth/login?to=${encodeURIComponent(to)}&lang=${locale}`}
          >
            {t('enter')}
          </LinkButton>
          <p className="p-meta">{t('guestNote')}</p>
        </div>
        <footer className="door-foot p-meta">{t('kept')}</footer>
      </main>
      <div className="door-floor">
        <Floor />
      </div>
    </div>
  );
}
