import { type NextRequest, NextResponse } from 'next/server';
import { localeCookie, readLocale } from '../../../i18n/locale.ts';

/** Seconds a choice of language is remembered. */
const rememberedSeconds = 365 * 24 * 3600;

/** Changes the language before anybody is signed in, without a script; goes back to a path of this site only. */
export async function GET(request: NextRequest, { params }: { params: Promise<{ locale: string }> }) {
  const chosen = readLocale((await params).locale);
  const to = request.nextUrl.searchParams.get('to') ?? '/sign-in';
  const path = /^\/(?![/\\])/.test(to) ? to : '/sign-in';
  const response = new NextResponse(null, { status: 303, headers: { location: path } });
  if (chosen) {
    response.cookies.set(localeCookie, chosen, {
      path: '/',
      maxAge: rememberedSeconds,
      sameSite: 'lax',
    });
  }
  return response;
}
