import type { MeetingPlan } from '@parvis/contract/meet-schedule';
import { Icon } from '@parvis/ui/Icon';
import { PersonChip } from '@parvis/ui/PersonChip';
import { Mail, Users } from 'lucide-react';
import { getTranslations } from 'next-intl/server';

/** Who is invited and what they answered. */
export async function Invited({ plan: { invited } }: { plan: MeetingPlan }) {
  const [t, shell] = await Promise.all([getTranslations('meetings'), getTranslations('shell')]);
  return (
    <section aria-labelledby="meeting-invited">
      <h2 id="meeting-invited">{t('invited')}</h2>
      <ul className="meetings-people">
        {invited.map(({ person, group, outsider, answer }, at) => (
          <li key={person?.id ?? group?.id ?? `${outsider?.address}${at}`}>
            {person !== null ? (
              <PersonChip
                id={person.id}
                name={person.name}
                guest={person.kind === 'guest' ? shell('guest') : undefined}
                note={person.organisation ?? undefined}
              />
            ) : (
              <span className="meetings-other">
                <Icon of={group === null ? Mail : Users} size="s" />
                <bdi>{group?.name ?? (outsider?.name || outsider?.address || t('somebodyOutside'))}</bdi>
              </span>
            )}
            {group === null && outsider === null && (
              <span className="p-meta">{t(answer === null ? 'noAnswer' : `answered.${answer}`)}</span>
            )}
            {outsider !== null && <span className="p-meta">{t('byLetter')}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
