'use client';
import './channel.css';
import { call } from '@parvis/contract/call';
import { findDirectPeople } from '@parvis/contract/chat-direct';
import type { Person } from '@parvis/contract/shape';
import { Button } from '@parvis/ui/Button';
import { ComboBox } from '@parvis/ui/ComboBox';
import { Icon } from '@parvis/ui/Icon';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';

const suggestionsMax = 8;

interface Props {
  label: string;
  picked: readonly Person[];
  onPick: (people: readonly Person[]) => void;
  /** People that are not proposed: they are there already. */
  without?: ReadonlySet<string>;
  max: number;
}

/** Several people, found by name; each that was picked stands below and can be dropped again. */
export function PeoplePicker({ label, picked, onPick, without, max }: Props) {
  const t = useTranslations('chatChannel');
  const shell = useTranslations('shell');
  const [text, setText] = useState('');
  const [found, setFound] = useState<readonly Person[]>([]);
  // The list closes when what is chosen changes, and would stay open over the next field if nothing ever were.
  const [last, setLast] = useState<string | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    call(findDirectPeople, { q: text, limit: suggestionsMax + picked.length }, { signal: stop.signal }).then(
      ({ people }) => setFound(people),
      () => undefined,
    );
    return () => stop.abort();
  }, [text, picked.length]);
  const taken = new Set(picked.map(({ id }) => id));
  const options = found.filter(({ id }) => !taken.has(id) && !without?.has(id)).slice(0, suggestionsMax);
  return (
    <>
      <ComboBox
        label={label}
        options={options.map((one) => ({
          id: one.id,
          label: one.name,
          note: one.kind === 'guest' ? shell(one.bot ? 'bot' : 'guest') : (one.organisation ?? undefined),
        }))}
        text={text}
        onText={setText}
        value={last}
        disabled={picked.length >= max}
        onChoose={(id) => {
          const person = found.find((one) => one.id === id);
          // Leaving the field says what was chosen last once more.
          if (!person || taken.has(id)) return;
          onPick([...picked, person]);
          setText('');
          setLast(id);
        }}
        none={t('nobody')}
      />
      {picked.length > 0 && (
        <ul className="chat-picked" aria-label={t('picked')}>
          {picked.map((person) => (
            <li key={person.id}>
              <Button
                size="small"
                icon={<Icon of={X} size="s" />}
                aria-label={t('unpick', { name: person.name })}
                onClick={() => {
                  onPick(picked.filter(({ id }) => id !== person.id));
                  setLast(null);
                }}
              >
                <bdi>{person.name}</bdi>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
