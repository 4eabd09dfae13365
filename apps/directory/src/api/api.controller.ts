import { createRequire } from 'node:module';
import { Controller, Get, Header, Inject, Req } from '@nestjs/common';
import { everyOperation } from '@parvis/contract/every-operation';
import { Locale } from '@parvis/contract/shape';
import { cookieOf } from '@parvis/server/cookies';
import { type OpenApi, openApiOf } from '@parvis/server/openapi';
import { openApiPage } from '@parvis/server/openapi-page';
import { For, type HouseRequest } from '@parvis/server/serves';
import { SETTINGS } from '@parvis/server/service';
import type { DirectorySettings } from '../settings.ts';

// From src/ in the tests as from dist/ in production: both are one level below package.json.
const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };

/** Cookie in which the portal keeps the language of somebody who is not signed in. */
const localeCookie = 'parvis_lang';

/** The caller's language, else the browser's choice, else its first that we speak, else English. */
function localeOf(request: HouseRequest): Locale {
  const wanted = [
    request.caller?.locale,
    cookieOf(request.headers.cookie, localeCookie),
    ...(request.headers['accept-language'] ?? '').split(',').map((part) => part.trim().slice(0, 2)),
  ];
  for (const one of wanted) {
    const known = Locale.safeParse(one);
    if (known.success) return known.data;
  }
  return 'en';
}

/** What the house can be asked, for programs and for people. */
@Controller('api')
export class ApiController {
  readonly #document: OpenApi;

  constructor(@Inject(SETTINGS) settings: DirectorySettings) {
    this.#document = openApiOf(everyOperation, { version, publicUrl: settings.publicUrl });
  }

  @Get('openapi.json')
  @For('anyone', 'a description of the interface, the same for all')
  @Header('cache-control', 'public, max-age=300')
  document(): OpenApi {
    return this.#document;
  }

  @Get()
  @For('anyone', 'the same description, to read')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
  page(@Req() request: HouseRequest): string {
    return openApiPage(this.#document, localeOf(request));
  }
}
