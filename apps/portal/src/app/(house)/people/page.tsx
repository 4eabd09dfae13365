import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { me } from '../../../ask.ts';
import { GroupsPage } from '../../../people/GroupsPage.tsx';
import { PeoplePage } from '../../../people/PeoplePage.tsx';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('people'))('title') };
}

/** For members only: guests know whom they work with, not the whole house. */
export default async function PeopleRoute({ searchParams }: Props) {
  const [mine, asked] = await Promise.all([me(), searchParams]);
  if (mine.person.kind === 'guest') notFound();
  const text = (name: string) => {
    const value = asked[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  if (asked.view === 'groups') return <GroupsPage />;
  return <PeoplePage q={text('q') ?? ''} after={text('after')} personId={text('person')} />;
}
