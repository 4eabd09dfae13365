'use client';
import { call } from '@parvis/contract/call';
import type { Meeting } from '@parvis/contract/meet';
import { allowBack, listLockedOut } from '@parvis/contract/meet-room';
import type { OutputOf } from '@parvis/contract/operation';
import { Avatar } from '@parvis/ui/Avatar';
import { Button } from '@parvis/ui/Button';
import { toast } from '@parvis/ui/Toast';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { useTold } from './useTold.ts';

type Out = OutputOf<typeof listLockedOut>['people'];

interface Props {
  id: string;
  /** Asked anew whenever the house says that something is another here: who left, who was taken out. */
  meeting: Meeting | null;
  here: number;
}

/** Who may not come back into this meeting, for organisers, who may let them; nothing while there is nobody. */
export function LockedOut({ id, meeting, here }: Props) {
  const t = useTranslations('meetRoom');
  const told = useTold();
  const heading = useRef<HTMLHeadingElement>(null);
  const [people, setPeople] = useState<Out>([]);
  useEffect(() => {
    let left = false;
    call(listLockedOut, { id }).then(
      (found) => !left && setPeople(found.people),
      () => undefined,
    );
    return () => {
      left = true;
    };
  }, [id, meeting, here]);
  if (people.length === 0) return null;
  const back = async (who: string, name: string) => {
    await call(allowBack, { id, who });
    // What was pressed goes away: the focus stays beside it.
    heading.current?.focus();
    setPeople((before) => before.filter((one) => one.who !== who));
    toast(t('allowedBack', { name }));
  };
  return (
    <section className="meet-out" aria-label={t('lockedOut')}>
      <h3 ref={heading} tabIndex={-1}>
        {t('lockedOut')}
      </h3>
      <ul>
        {people.map(({ who, name }) => (
          <li key={who}>
            <Avatar id={who} name={name} size="m" />
            <span className="meet-person-name">
              <bdi>{name}</bdi>
            </span>
            <Button
              size="small"
              aria-label={t('allowBackName', { name })}
              onClick={() => told(back(who, name))}
            >
              {t('allowBack')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
