import { getMe } from '@parvis/contract/directory';
import { getMeeting } from '@parvis/contract/meet';
import { getMeetingByCode } from '@parvis/contract/meet-lobby';
import type { Metadata } from 'next';
import { NextIntlClientProvider } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { redirect } from 'next/navigation';
import { ask, askOrLeave } from '../../../ask.ts';
import { VisitorFrame } from '../../../link/VisitorFrame.tsx';
import { GuestMeeting } from '../../../meet/GuestMeeting.tsx';

type Props = { params: Promise<{ code: string }> };

/** Nobody's search engine keeps what a code opens. */
export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('meet'))('door'), robots: { index: false, follow: false } };
}

/** The address that a meeting is handed on by: people of the house come to its page, others to the door by their name. */
export default async function CodePage({ params }: Props) {
  const { code } = await params;
  const found = await askOrLeave(getMeetingByCode, { code });
  const person = await ask(getMe, {}).then(
    (me) => me.person,
    () => null,
  );
  if (person !== null) {
    const known = await ask(getMeeting, { id: found.meetingId }).catch(() => null);
    if (known !== null) redirect(`/meet/${known.id}`);
  }
  return (
    <VisitorFrame at={`/m/${code}`} whole>
      <NextIntlClientProvider>
        <GuestMeeting code={code} meeting={found} person={person} />
      </NextIntlClientProvider>
    </VisitorFrame>
  );
}
