import { openLink } from '@parvis/contract/sharing';
import type { OutputOf } from '@parvis/contract/operation';
import { Refusal } from '@parvis/contract/refusal';
import { getMe } from '@parvis/contract/directory';
import type { Metadata } from 'next';
import { NextIntlClientProvider, useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { notFound, redirect } from 'next/navigation';
import { ask } from '../../../ask.ts';
import { PasswordDoor } from '../../../link/PasswordDoor.tsx';
import { VisitorDocument } from '../../../link/VisitorDocument.tsx';
import { VisitorFile } from '../../../link/VisitorFile.tsx';
import { VisitorFolder } from '../../../link/VisitorFolder.tsx';
import { VisitorFrame } from '../../../link/VisitorFrame.tsx';
import { wayTo, withLink } from '../../../shell/resource-way.ts';

type Props = {
  params: Promise<{ secret: string }>;
  /** `key`: what the password gave. `in`: a thing of the folder that the link leads to. */
  searchParams: Promise<{ key?: string; in?: string }>;
};

/** Nobody's search engine keeps what a link shows. */
export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('link'))('title'), robots: { index: false, follow: false } };
}

type Opened = OutputOf<typeof openLink>;

/** What the link leads to, or the code of why not. */
async function follow(secret: string): Promise<Opened | string> {
  try {
    return await ask(openLink, { secret });
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

const isSignedIn = () =>
  ask(getMe, {}).then(
    () => true,
    () => false,
  );

/** The address that a link is followed by: leads on whoever has an account, and shows the thing to who has none. */
export default async function LinkPage({ params, searchParams }: Props) {
  const [{ secret }, { key, in: inside }] = await Promise.all([params, searchParams]);
  const at = `/link/${secret}${key === undefined ? '' : `?key=${encodeURIComponent(key)}`}`;
  const opened = await follow(key ?? secret);
  if (opened === 'no-session') redirect(`/sign-in?to=${encodeURIComponent(at)}`);
  if (opened === 'link-password-needed' || opened === 'too-many-tries') {
    return (
      <VisitorFrame at={at}>
        <NextIntlClientProvider>
          <PasswordDoor secret={secret} />
        </NextIntlClientProvider>
      </VisitorFrame>
    );
  }
  if (typeof opened === 'string') return <NoLink code={opened} at={at} />;
  if (await isSignedIn()) redirect(withLink(wayTo(opened.resource), opened.key));
  return (
    <VisitorFrame at={at}>
      <Shown opened={opened} inside={inside} at={at} />
    </VisitorFrame>
  );
}

function NoLink({ code, at }: { code: string; at: string }) {
  const t = useTranslations('link');
  const problems = useTranslations('problems');
  if (code !== 'expired-link') notFound();
  return (
    <VisitorFrame at={at}>
      <h1>{t('title')}</h1>
      <p>{problems(code)}</p>
    </VisitorFrame>
  );
}

const insideShape = /^(file|folder|document)\.([0-9a-f-]{36})$/;

/** The thing itself, or what of its folder was chosen. */
function Shown({ opened, inside, at }: { opened: Opened; inside: string | undefined; at: string }) {
  const [, kind = opened.resource.kind, id = opened.resource.id] = insideShape.exec(inside ?? '') ?? [];
  if (kind === 'file') return <VisitorFile id={id} link={opened.key} />;
  if (kind === 'folder') return <VisitorFolder id={id} link={opened.key} base={at} />;
  if (kind === 'document') return <VisitorDocument id={id} link={opened.key} />;
  notFound();
}
