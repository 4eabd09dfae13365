import { NextIntlClientProvider } from 'next-intl';
import { getLocale, getMessages, getNow, getTimeZone } from 'next-intl/server';
import type { ReactNode } from 'react';
import { me } from '../../ask.ts';
import { buildId } from '../../build-id.ts';
import { DesktopAlerts } from '../../inbox/DesktopAlerts.tsx';
import { AppFrame } from '../../shell/AppFrame.tsx';
import { EarlyKeys } from '../../shell/EarlyKeys.tsx';
import { FocusOnArrival } from '../../shell/FocusOnArrival.tsx';
import { HouseKeys } from '../../shell/keys/HouseKeys.tsx';
import { Installed } from '../../shell/Installed.tsx';
import { LinePill } from '../../shell/LinePill.tsx';
import { LiveUnread } from '../../shell/LiveUnread.tsx';
import { Rail } from '../../shell/Rail.tsx';
import { Toasts } from '../../shell/Toasts.tsx';

/** Everything behind the sign-in: the rail stays while the rest changes. */
export default async function HouseLayout({ children }: { children: ReactNode }) {
  const [mine, locale, messages, now, timeZone, build] = await Promise.all([
    me(),
    getLocale(),
    getMessages(),
    getNow(),
    getTimeZone(),
    buildId(),
  ]);
  return (
    <NextIntlClientProvider locale={locale} messages={messages} now={now} timeZone={timeZone}>
      <EarlyKeys />
      <AppFrame person={mine.person}>
        <Rail me={mine} />
        {children}
      </AppFrame>
      <Toasts />
      <LinePill />
      <FocusOnArrival />
      <HouseKeys />
      <LiveUnread personId={mine.person.id} />
      <DesktopAlerts />
      <Installed build={build} personId={mine.person.id} />
    </NextIntlClientProvider>
  );
}
