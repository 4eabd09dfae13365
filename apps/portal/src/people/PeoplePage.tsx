import './people.css';
import { getPerson, listPeople, type PersonCard } from '@parvis/contract/directory';
import { pageSizeDefault } from '@parvis/contract/limits';
import { Badge } from '@parvis/ui/Badge';
import { LinkButton } from '@parvis/ui/Button';
import { EmptyState } from '@parvis/ui/EmptyState';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Face } from '../presence/Face.tsx';
import { ask, askOrLeave } from '../ask.ts';
import { ArrowKeys } from './ArrowKeys.tsx';
import { PersonPanel } from './PersonPanel.tsx';
import { SearchPeople } from './SearchPeople.tsx';
import { ViewTabs } from './ViewTabs.tsx';
import { peopleWay } from './people-way.ts';

interface Props {
  q: string;
  after: string | undefined;
  personId: string | undefined;
}

/** The people of the house, by name; the card of one of them beside. */
export async function PeoplePage({ q, after, personId }: Props) {
  const [t, page, person] = await Promise.all([
    getTranslations('people'),
    askOrLeave(listPeople, { q, after, limit: pageSizeDefault }),
    personId === undefined ? null : ask(getPerson, { id: personId }).catch(() => null),
  ]);
  const { people, next } = page;
  const here = { q, after };
  return (
    <div className="p-sheet people-sheet">
      <main className="p-main" id="main" tabIndex={-1}>
        <header className="p-bar people-bar">
          <div className="p-bar-title">
            <h1>{t('title')}</h1>
          </div>
          <SearchPeople q={q} />
        </header>
        <ViewTabs current="people" />
        <p className="p-sr" role="status">
          {t('found', { count: people.length })}
        </p>
        <div className="p-scroll people-scroll">
          {people.length === 0 ? (
            <EmptyState
              title={t('nobody')}
              action={
                <LinkButton href="/people" as={Link}>
                  {t('showAll')}
                </LinkButton>
              }
            >
              {t('nobodyHelp')}
            </EmptyState>
          ) : (
            <ArrowKeys>
              <ul className="people-rows" aria-label={t('list')}>
                {people.map((one) => (
                  <li key={one.id}>
                    <PersonRow
                      one={one}
                      href={peopleWay({ ...here, person: one.id })}
                      current={one.id === person?.id}
                    />
                  </li>
                ))}
              </ul>
            </ArrowKeys>
          )}
          {next !== null && (
            <LinkButton className="people-next" href={peopleWay({ q, after: next })} as={Link}>
              {t('next')}
            </LinkButton>
          )}
        </div>
      </main>
      {person !== null && <PersonPanel key={person.id} person={person} closeHref={peopleWay(here)} />}
    </div>
  );
}

async function PersonRow({ one, href, current }: { one: PersonCard; href: string; current: boolean }) {
  const shell = await getTranslations('shell');
  return (
    <Link
      className="people-row"
      href={href}
      aria-current={current ? 'true' : undefined}
      scroll={false}
      prefetch={false}
    >
      <Face id={one.id} name={one.name} size="l" />
      <span className="row-text">
        <span className="people-name">
          <bdi>{one.name}</bdi>
          {one.kind === 'guest' && <Badge tone="people">{shell(one.bot ? 'bot' : 'guest')}</Badge>}
        </span>
        <span className="p-meta">
          <bdi>{one.organisation ?? shell(`kinds.${one.kind}`)}</bdi>
        </span>
      </span>
      <span className="people-email p-meta" dir="ltr">
        {one.email}
      </span>
    </Link>
  );
}
