import '@parvis/ui/showcase.css';
import { InLocale } from '@parvis/ui/InLocale';
import { Showcase } from '@parvis/ui/Showcase';
import ar from '@parvis/ui/showcase.ar.json';
import en from '@parvis/ui/showcase.en.json';
import fr from '@parvis/ui/showcase.fr.json';
import type { Metadata } from 'next';
import { getLocale } from 'next-intl/server';
import type { Locale } from '@parvis/contract/shape';

const labels = { ar, en, fr };

export async function generateMetadata(): Promise<Metadata> {
  return { title: labels[(await getLocale()) as Locale].title };
}

/** Every part in all its states, for looking, for axe and for pictures. The proxy keeps it from a house in service. */
export default async function PartsPage() {
  const locale = (await getLocale()) as Locale;
  return (
    <main id="main">
      <InLocale locale={locale}>
        <Showcase labels={labels[locale]} />
      </InLocale>
    </main>
  );
}
