import type { PersonCard } from '@parvis/contract/directory';
import { Badge } from '@parvis/ui/Badge';
import { Icon } from '@parvis/ui/Icon';
import { IconLink } from '@parvis/ui/IconButton';
import { PersonChip } from '@parvis/ui/PersonChip';
import { X } from 'lucide-react';
import Link from 'next/link';
import { getFormatter, getTranslations } from 'next-intl/server';
import { Face } from '../presence/Face.tsx';
import { StatusSign } from '../presence/StatusSign.tsx';
import { me } from '../ask.ts';
import { EndAccess } from './EndAccess.tsx';
import { EscapeTo } from './EscapeTo.tsx';
import { peopleWay } from './people-way.ts';

/** A person's card in the side panel: how to reach them, and for a guest who answers for them and until when. */
export async function PersonPanel({ person, closeHref }: { person: PersonCard; closeHref: string }) {
  const [t, shell, format, mine] = await Promise.all([
    getTranslations('people'),
    getTranslations('shell'),
    getFormatter(),
    me(),
  ]);
  const mayEnd =
    person.kind === 'guest' && !person.bot && (mine.administrator || person.sponsor?.id === mine.person.id);
  return (
    <aside className="p-side" aria-label={t('card', { name: person.name })}>
      <EscapeTo href={closeHref} />
      <header>
        <h2>
          <bdi>{person.name}</bdi>
        </h2>
        <IconLink href={closeHref} label={t('closeCard')} tipAlign="end" as={Link}>
          <Icon of={X} />
        </IconLink>
      </header>
      <div className="p-scroll people-card">
        <div className="people-face">
          <Face id={person.id} name={person.name} size="xl" />
          {person.kind === 'guest' && <Badge tone="people">{shell(person.bot ? 'bot' : 'guest')}</Badge>}
        </div>
        <StatusSign id={person.id} words />
        <dl className="facts">
          <dt>{t('email')}</dt>
          <dd>
            <a className="p-link" href={`mailto:${person.email}`} dir="ltr">
              {person.email}
            </a>
          </dd>
          {person.organisation !== null && (
            <>
              <dt>{t('organisation')}</dt>
              <dd>
                <bdi>{person.organisation}</bdi>
              </dd>
            </>
          )}
          {person.sponsor !== null && (
            <>
              <dt>{t('sponsor')}</dt>
              <dd>
                <PersonChip
                  id={person.sponsor.id}
                  name={person.sponsor.name}
                  size="s"
                  href={peopleWay({ person: person.sponsor.id })}
                  as={Link}
                />
              </dd>
            </>
          )}
          {person.endsAt !== null && (
            <>
              <dt>{t('until')}</dt>
              <dd>{format.dateTime(new Date(person.endsAt), { dateStyle: 'long' })}</dd>
            </>
          )}
        </dl>
        {mayEnd && <EndAccess person={person} />}
      </div>
    </aside>
  );
}
