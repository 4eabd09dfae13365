import { fileURLToPath } from 'node:url';
import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';

const root = fileURLToPath(new URL('../../', import.meta.url));

const config: NextConfig = {
  output: 'standalone',
  outputFileTracingRoot: root,
  turbopack: { root },
  poweredByHeader: false,
  compress: true,
  reactStrictMode: true,
  // Types are checked by `npm test`, once, for the whole workspace.
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
};

export default createNextIntlPlugin('./src/i18n/request.ts')(config);
