import { listAccessRequests } from '@parvis/contract/access-request';
import { listUnread } from '@parvis/contract/chat';
import { listRecent, listSpaces, type Space } from '@parvis/contract/directory';
import type { Resource } from '@parvis/contract/shape';
import { EmptyState } from '@parvis/ui/EmptyState';
import { SpaceTile } from '@parvis/ui/SpaceTile';
import Link from 'next/link';
import { getFormatter, getNow, getTranslations } from 'next-intl/server';
import { ask, me } from '../ask.ts';
import { Requests } from '../sharing/Requests.tsx';
import { PaletteButton } from '../shell/PaletteButton.tsx';
import { ThingRow } from '../shell/ThingRow.tsx';

const recentShown = 10;

/** The first page of the day: a sentence first, then what moved, then the ways in. */
export async function Home() {
  const [mine, t, shell, now, format] = await Promise.all([
    me(),
    getTranslations('home'),
    getTranslations('shell'),
    getNow(),
    getFormatter(),
  ]);
  const [{ spaces }, { resources }, unread, { requests }] = await Promise.all([
    ask(listSpaces, {}),
    ask(listRecent, { limit: recentShown * 2 }),
    ask(listUnread, {}).catch(() => ({ channels: [] })),
    ask(listAccessRequests, {}).catch(() => ({ requests: [] })),
  ]);
  const recent = resources.filter((one) => one.kind !== 'space').slice(0, recentShown);
  const waiting = unread.channels.reduce((sum, channel) => sum + channel.unread, 0);
  return (
    <div className="p-sheet">
      <main className="p-main" id="main" tabIndex={-1}>
        <header className="p-bar" data-bare>
          <span className="p-bar-title" />
          <div className="p-bar-acts">
            <PaletteButton label={shell('find')} wide />
          </div>
        </header>
        <div className="p-scroll">
          <div className="home">
            <header>
              <p className="home-date">
                {format.dateTime(now, { weekday: 'long', day: 'numeric', month: 'long' })}
              </p>
              <h1>{t.rich('greeting', { name: () => <bdi>{mine.person.name.split(' ')[0]}</bdi> })}</h1>
              <p className="home-say">
                {t('waiting', { messages: waiting, channels: unread.channels.length })}
              </p>
            </header>
            {requests.length > 0 && (
              <section aria-labelledby="home-requests">
                <h2 id="home-requests">{t('requests')}</h2>
                <Requests requests={requests} namesThing />
              </section>
            )}
            {spaces.length === 0 ? (
              <EmptyState title={t('noSpaces')}>
                {t(mine.person.kind === 'guest' ? 'noSpacesGuest' : 'noSpacesHelp')}
              </EmptyState>
            ) : (
              <Spaces spaces={spaces} />
            )}
            {recent.length > 0 && <Recent things={recent} spaces={spaces} />}
          </div>
        </div>
      </main>
    </div>
  );
}

/** The ways in: each space with its stone. */
async function Spaces({ spaces }: { spaces: readonly Space[] }) {
  const t = await getTranslations('home');
  return (
    <section aria-labelledby="home-spaces">
      <h2 id="home-spaces">{t('spaces')}</h2>
      <ul className="tiles">
        {spaces.map((space) => (
          <li key={space.id}>
            <Link className="tile-card" href={`/space/${space.id}`}>
              <SpaceTile id={space.id} size="m" />
              <span className="row-text">
                <bdi className="p-strong">{space.title}</bdi>
                <span className="p-meta">{t('members', { count: space.memberCount })}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What moved last, of all that the person may see. */
async function Recent({ things, spaces }: { things: readonly Resource[]; spaces: readonly Space[] }) {
  const t = await getTranslations('home');
  const titles = new Map(spaces.map((space) => [space.id, space.title]));
  return (
    <section aria-labelledby="home-recent">
      <h2 id="home-recent">{t('resume')}</h2>
      <ul className="rows">
        {things.map((one) => (
          <li key={one.id}>
            <ThingRow thing={one} place={one.spaceId === null ? undefined : titles.get(one.spaceId)} />
          </li>
        ))}
      </ul>
    </section>
  );
}
