'use client';
import { queryLengthMax } from '@parvis/contract/limits';
import { Icon } from '@parvis/ui/Icon';
import { TextField } from '@parvis/ui/TextField';
import { Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState, useTransition } from 'react';
import { peopleWay } from './people-way.ts';

/** Milliseconds after the last key before the list is asked for. */
const pauseMs = 250;

/** Finds by name or address. A plain form: it works before scripts arrive, and the address keeps what was searched. */
export function SearchPeople({ q }: { q: string }) {
  const t = useTranslations('people');
  const router = useRouter();
  const [text, setText] = useState(q);
  const [pending, start] = useTransition();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  function change(typed: string) {
    setText(typed);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => start(() => router.replace(peopleWay({ q: typed.trim() }))), pauseMs);
  }
  return (
    <search>
      <form action="/people" method="get" className="people-search" aria-busy={pending}>
        <TextField
          label={t('search')}
          labelHidden
          name="q"
          type="search"
          value={text}
          placeholder={t('searchHint')}
          maxLength={queryLengthMax}
          autoComplete="off"
          start={<Icon of={Search} size="s" />}
          onChange={(event) => change(event.target.value)}
        />
      </form>
    </search>
  );
}
