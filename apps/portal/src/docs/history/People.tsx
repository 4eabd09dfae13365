import type { Person } from '@parvis/contract/shape';
import { Avatar } from '@parvis/ui/Avatar';
import { useTranslations } from 'next-intl';

/** Who wrote what is shown, each with the colour that their words are underlined in. */
export function People({ people }: { people: readonly Person[] }) {
  const t = useTranslations('docsHistory');
  if (people.length === 0) return null;
  return (
    <ul className="past-people" aria-label={t('writers')}>
      {people.map(({ id, name }) => (
        <li key={id}>
          <Avatar id={id} name={name} size="s" />
          <bdi>{name}</bdi>
        </li>
      ))}
    </ul>
  );
}
