import { LinkButton } from '@parvis/ui/Button';
import { EmptyState } from '@parvis/ui/EmptyState';
import { Mark } from '@parvis/ui/Mark';
import { SpaceTile } from '@parvis/ui/SpaceTile';
import type { Metadata } from 'next';
import { NextIntlClientProvider } from 'next-intl';
import { getLocale, getMessages, getTranslations } from 'next-intl/server';
import { RecentTexts } from '../../docs/offline/RecentTexts.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('offline'))('title') };
}

/** Kept by the service worker in each language, and shown in place of a page that cannot be fetched. Names nobody: what it lists is read in the browser. */
export default async function OfflinePage() {
  const [t, locale, messages] = await Promise.all([getTranslations('offline'), getLocale(), getMessages()]);
  return (
    <main className="door-in offline" id="main">
      <h1 className="p-sr">{t('title')}</h1>
      <header className="door-head">
        <span className="door-mark">
          <Mark />
          <span>Parvis</span>
        </span>
      </header>
      <div className="p-centre offline-middle">
        <EmptyState
          level={2}
          picture={<SpaceTile id="nowhere" size="xl" />}
          title={t('heading')}
          // The empty address is this one: whatever page was wanted is asked for again.
          action={
            <LinkButton href="" kind="main">
              {t('again')}
            </LinkButton>
          }
        >
          {t('help')}
        </EmptyState>
        <NextIntlClientProvider locale={locale} messages={{ docsOffline: messages.docsOffline as never }}>
          <RecentTexts />
        </NextIntlClientProvider>
      </div>
    </main>
  );
}
