import type { NextRequest } from 'next/server';
import { getTranslations } from 'next-intl/server';
import { chooseLocale, directionOf } from '../../i18n/locale.ts';

const icon = (file: string, sizes: string, purpose: string) => ({
  src: `/icons/${file}`,
  sizes,
  type: file.endsWith('.svg') ? 'image/svg+xml' : 'image/png',
  purpose,
});

/** What makes the portal installable, in the language that the address asks for. */
export async function GET(request: NextRequest) {
  const locale = chooseLocale(
    request.nextUrl.searchParams.get('lang') ?? undefined,
    request.headers.get('accept-language'),
  );
  const t = await getTranslations({ locale, namespace: 'offline' });
  const manifest = {
    id: '/',
    name: 'Parvis',
    short_name: 'Parvis',
    description: t('description'),
    lang: locale,
    dir: directionOf(locale),
    start_url: '/',
    scope: '/',
    display: 'standalone',
    background_color: '#fdfbf7',
    theme_color: '#f3efe8',
    icons: [
      icon('parvis.svg', 'any', 'any'),
      icon('parvis-192.png', '192x192', 'any'),
      icon('parvis-512.png', '512x512', 'any'),
      icon('parvis-maskable-192.png', '192x192', 'maskable'),
      icon('parvis-maskable-512.png', '512x512', 'maskable'),
    ],
  };
  return Response.json(manifest, {
    headers: { 'content-type': 'application/manifest+json', 'cache-control': 'public, max-age=3600' },
  });
}
