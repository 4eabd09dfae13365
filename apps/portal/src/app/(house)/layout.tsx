import { NextIntlClientProvider } from 'next-intl';
import { getLocale, getMessages, getNow, getTimeZone } from 'next-intl/server';
import type { ReactNode } from 'react';
import { me } from '../../ask.ts';
import { AppFrame } from '../../shell/AppFrame.tsx';
import { Rail } from '../../shell/Rail.tsx';
import { Toasts } from '../../shell/Toasts.tsx';

/** Everything behind the sign-in: the rail stays while the rest changes. */
export default async function HouseLayout({ children }: { children: ReactNode }) {
  const mine = await me();
  const [locale, messages, now, timeZone] = await Promise.all([
    getLocale(),
    getMessages(),
    getNow(),
    getTimeZone(),
  ]);
  return (
    <NextIntlClientProvider locale={locale} messages={messages} now={now} timeZone={timeZone}>
      <AppFrame person={mine.person}>
        <Rail me={mine} />
        {children}
      </AppFrame>
      <Toasts />
    </NextIntlClientProvider>
  );
}
