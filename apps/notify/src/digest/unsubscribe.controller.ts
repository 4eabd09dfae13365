import { Controller, Get, Header, HttpCode, Post, Query } from '@nestjs/common';
import { Locale } from '@parvis/contract/shape';
import { Refused } from '@parvis/server/refused';
import { For } from '@parvis/server/serves';
import { z } from 'zod';
import { DigestService } from './digest.service.ts';
import { words } from './words.ts';

const why = 'a letter is read without a session: the key in its address is checked instead';
const Asked = z.object({ person: z.uuid(), key: z.string().max(100) });
const html = 'text/html; charset=utf-8';

function page(locale: Locale, inside: string): string {
  const direction = locale === 'ar' ? 'rtl' : 'ltr';
  return `<!doctype html><html lang="${locale}" dir="${direction}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Parvis</title><body style="font:17px/1.5 sans-serif;max-width:30rem;margin:15vh auto;padding:0 1rem">${inside}</body></html>`;
}

/** The way out of the letters. Looking at it changes nothing: programs that read mail follow every link. */
@Controller()
export class UnsubscribeController {
  constructor(private readonly digests: DigestService) {}

  @Get('/api/notify/unsubscribe')
  @For('anyone', why)
  @Header('content-type', html)
  async ask(@Query() query: unknown): Promise<string> {
    const locale = await this.#locale(query, false);
    const say = words[locale];
    return page(
      locale,
      `<form method="post"><h1 style="font-size:20px">${say.stopAsk}</h1><button style="font:inherit;padding:.5rem 1rem">${say.stop}</button></form>`,
    );
  }

  /** Also what mail programs send by themselves when somebody presses their button (RFC 8058). */
  @Post('/api/notify/unsubscribe')
  @HttpCode(200)
  @For('anyone', why)
  @Header('content-type', html)
  async stop(@Query() query: unknown): Promise<string> {
    const locale = await this.#locale(query, true);
    return page(locale, `<p>${words[locale].stopped}</p>`);
  }

  async #locale(query: unknown, effect: boolean): Promise<Locale> {
    const asked = Asked.safeParse(query);
    const person = asked.success ? await this.digests.stop(asked.data.person, asked.data.key, effect) : null;
    if (person === null) throw Refused.notFound();
    return Locale.catch('fr').parse(person.locale);
  }
}
