import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { Locale } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { For, type HouseRequest, MaybeCaller } from '@parvis/server/serves';
import { LogoutTokens } from './logout-token.ts';
import { type Browser, type Onward, SignIn } from './sign-in.service.ts';

/** What a redirect needs of Fastify's reply. */
interface Reply {
  status(code: number): Reply;
  header(name: string, value: string | string[]): Reply;
  send(body?: unknown): Reply;
}

function browserOf(request: HouseRequest): Browser {
  return { cookies: request.headers.cookie, userAgent: request.headers['user-agent'] };
}

function send(reply: Reply, onward: Onward): void {
  reply
    .status(303)
    .header('location', onward.to)
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'no-referrer')
    .header('set-cookie', [...onward.cookies])
    .send();
}

/** A query value given once; anything else is as if it were not there. */
function single(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

@Controller('auth')
export class SignInController {
  readonly #signIn: SignIn;
  readonly #logoutTokens: LogoutTokens;

  constructor(signIn: SignIn, logoutTokens: LogoutTokens) {
    this.#signIn = signIn;
    this.#logoutTokens = logoutTokens;
  }

  @Get('login')
  @For('anyone', 'leads to the identity provider')
  async login(@Query() query: Record<string, unknown>, @Req() request: HouseRequest, @Res() reply: Reply) {
    const locale = Locale.safeParse(single(query['lang']));
    const onward = await this.#signIn.begin(single(query['to']), locale.data, browserOf(request));
    send(reply, onward);
  }

  @Get('callback')
  @For('anyone', 'the identity provider sends the browser here, with a code')
  async callback(@Req() request: HouseRequest, @Res() reply: Reply) {
    send(reply, await this.#signIn.finish(request.url, browserOf(request)));
  }

  @Post('logout')
  @For('anyone', 'signing out twice is no error; the guard checks the Origin')
  async logout(@MaybeCaller() caller: Caller | null, @Req() request: HouseRequest, @Res() reply: Reply) {
    const onward = await this.#signIn.signOut(caller);
    if (!request.headers.accept?.includes('application/json')) return send(reply, onward);
    // A script cannot follow a redirect to another origin: it is told where the page should go.
    reply
      .status(200)
      .header('set-cookie', [...onward.cookies])
      .header('cache-control', 'no-store')
      .header('content-type', 'application/json; charset=utf-8')
      .send(JSON.stringify({ to: onward.to }));
  }

  @Post('backchannel-logout')
  @For('anyone', 'the identity provider proves itself by the signed logout token')
  async backchannel(@Body() body: unknown, @Res() reply: Reply) {
    await this.#logoutTokens.accept((body as { logout_token?: unknown } | null)?.logout_token);
    reply.status(200).header('cache-control', 'no-store').send();
  }
}
