import '@fontsource-variable/readex-pro/wght.css';
import '@parvis/ui/styles.css';
import './portal.css';
import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import { getLocale } from 'next-intl/server';
import type { ReactNode } from 'react';
import { directionOf, themeCookie } from '../i18n/locale.ts';
import type { Locale } from '@parvis/contract/shape';

export async function generateMetadata(): Promise<Metadata> {
  return {
    title: { template: '%s · Parvis', default: 'Parvis' },
    applicationName: 'Parvis',
    // The browser asks for it without cookies: the address says the language.
    manifest: `/manifest.webmanifest?lang=${await getLocale()}`,
    icons: { icon: '/icons/parvis.svg', apple: '/icons/parvis-192.png' },
  };
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f3efe8' },
    { media: '(prefers-color-scheme: dark)', color: '#0f121a' },
  ],
};

const themes = ['system', 'light', 'dark', 'contrast'];

/** The frame of every page: language, direction and theme stand in the HTML, so that nothing flashes. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const locale = (await getLocale()) as Locale;
  const chosen = (await cookies()).get(themeCookie)?.value ?? 'system';
  return (
    <html lang={locale} dir={directionOf(locale)} data-theme={themes.includes(chosen) ? chosen : 'system'}>
      <body>{children}</body>
    </html>
  );
}
