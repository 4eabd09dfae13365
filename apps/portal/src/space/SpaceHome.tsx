import { listMembers, type Space } from '@parvis/contract/directory';
import { type Entry, listFolder } from '@parvis/contract/drive';
import type { Person } from '@parvis/contract/shape';
import { AvatarStack } from '@parvis/ui/Avatar';
import { LinkButton } from '@parvis/ui/Button';
import { EmptyState } from '@parvis/ui/EmptyState';
import { PersonChip } from '@parvis/ui/PersonChip';
import { SpaceTile } from '@parvis/ui/SpaceTile';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { ask, me } from '../ask.ts';
import { StartMeeting } from '../meet/StartMeeting.tsx';
import { ScheduleIn } from '../meetings/ScheduleIn.tsx';
import { ThingRow } from '../shell/ThingRow.tsx';
import { MembersButton } from './MembersButton.tsx';

const peopleShown = 12;
const entriesShown = 8;

/** The front page of a space: what it is for, who is in it, what moved last. */
export async function SpaceHome({ space }: { space: Space }) {
  const [mine, t, { members }, files] = await Promise.all([
    me(),
    getTranslations('space'),
    ask(listMembers, { id: space.id }),
    ask(listFolder, { id: space.id }).catch(() => ({ entries: [] })),
  ]);
  const moved = [...files.entries]
    .sort((a, b) => b.updatedAt.localeCompare(a.updatedAt))
    .slice(0, entriesShown);
  // Whoever may add to the space, and is of the house, may open a meeting in it.
  const mayMeet = space.abilities.edit && mine.person.kind === 'member';
  const people = members.map((member) => member.person);
  return (
    <div className="p-sheet">
      <main className="p-main" id="main" tabIndex={-1}>
        <header className="p-bar">
          <div className="p-bar-title">
            <SpaceTile id={space.id} size="s" />
            <h1>
              <bdi>{space.title}</bdi>
            </h1>
          </div>
          <div className="p-bar-acts">
            <AvatarStack people={people} label={t('members')} />
            <MembersButton space={space} />
            {mayMeet && <ScheduleIn space={{ id: space.id, title: space.title }} />}
            {mayMeet && <StartMeeting spaceId={space.id} title={space.title} />}
          </div>
        </header>
        <div className="p-scroll">
          <div className="home">
            <header className="space-head">
              <SpaceTile id={space.id} size="l" />
              {space.description !== '' && (
                <p className="home-say" dir="auto">
                  {space.description}
                </p>
              )}
            </header>
            <Recent space={space} moved={moved} />
            <People people={people.slice(0, peopleShown)} />
          </div>
        </div>
      </main>
    </div>
  );
}

/** What moved last among the files of the space. */
async function Recent({ space, moved }: { space: Space; moved: readonly Entry[] }) {
  const t = await getTranslations('space');
  return (
    <section aria-labelledby="space-recent">
      <h2 id="space-recent">{t('recent')}</h2>
      {moved.length === 0 ? (
        <EmptyState level={3} title={t('empty')}>
          {t('emptyHelp')}
        </EmptyState>
      ) : (
        <ul className="rows">
          {moved.map((one) => (
            <li key={one.id}>
              <ThingRow thing={one} />
            </li>
          ))}
        </ul>
      )}
      <LinkButton href={`/drive/${space.id}`} as={Link}>
        {t('seeAll')}
      </LinkButton>
    </section>
  );
}

async function People({ people }: { people: readonly Person[] }) {
  const [t, shell] = await Promise.all([getTranslations('space'), getTranslations('shell')]);
  return (
    <section aria-labelledby="space-people">
      <h2 id="space-people">{t('members')}</h2>
      <ul className="people-list">
        {people.map((person) => (
          <li key={person.id}>
            <PersonChip
              id={person.id}
              name={person.name}
              guest={person.kind === 'guest' ? shell('guest') : undefined}
              note={person.organisation ?? undefined}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
