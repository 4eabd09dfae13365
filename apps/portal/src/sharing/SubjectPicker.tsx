'use client';
import { call } from '@parvis/contract/call';
import { listGroups, listPeople } from '@parvis/contract/directory';
import type { Role } from '@parvis/contract/shape';
import { Button } from '@parvis/ui/Button';
import { ComboBox } from '@parvis/ui/ComboBox';
import { Select, type SelectOption } from '@parvis/ui/Select';
import { useTranslations } from 'next-intl';
import { type FormEvent, useEffect, useState } from 'react';

const roles = ['reader', 'commenter', 'editor', 'manager'] as const;
const suggestionsMax = 8;
const everyone = 'everyone';

type Give = (kind: 'person' | 'group' | 'everyone', id: string | null, role: Role) => Promise<void>;

/** Finds a person or a group, or everyone, and gives them a role. */
export function SubjectPicker({ onGive }: { onGive: Give }) {
  const t = useTranslations('sharing');
  const space = useTranslations('space');
  const [text, setText] = useState('');
  const [options, setOptions] = useState<
    readonly (SelectOption & { kind: 'person' | 'group' | 'everyone' })[]
  >([]);
  const [chosen, setChosen] = useState<string | null>(null);
  const [role, setRole] = useState<Role>('reader');
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    const wanted = text.toLocaleLowerCase();
    Promise.all([
      call(listPeople, { q: text, limit: suggestionsMax }, { signal: stop.signal }),
      call(listGroups, {}, { signal: stop.signal }),
    ]).then(
      ([{ people }, { groups }]) =>
        setOptions([
          ...people.map((one) => ({ id: one.id, label: one.name, note: one.email, kind: 'person' as const })),
          ...groups
            .filter((one) => one.name.toLocaleLowerCase().includes(wanted))
            .map((one) => ({
              id: one.id,
              label: one.name,
              note: t('members', { count: one.memberCount }),
              kind: 'group' as const,
            })),
          { id: everyone, label: t('everyone'), note: t('everyoneNote'), kind: 'everyone' as const },
        ]),
      () => undefined,
    );
    return () => stop.abort();
  }, [text, t]);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const option = options.find((one) => one.id === chosen);
    if (!option) return;
    setBusy(true);
    await onGive(option.kind, option.kind === 'everyone' ? null : option.id, role).finally(() =>
      setBusy(false),
    );
    setChosen(null);
    setText('');
  }
  return (
    <form className="invite" onSubmit={submit}>
      <ComboBox
        label={t('whom')}
        options={options}
        text={text}
        onText={(typed) => {
          setText(typed);
          if (options.find((one) => one.id === chosen)?.label !== typed) setChosen(null);
        }}
        value={chosen}
        onChoose={(id) => {
          setChosen(id);
          setText(options.find((one) => one.id === id)?.label ?? '');
        }}
        none={space('nobody')}
      />
      <Select
        label={space('role')}
        options={roles.map((one) => ({ id: one, label: space(`roles.${one}`) }))}
        value={role}
        onChange={(one) => setRole(one as Role)}
      />
      <Button kind="main" type="submit" busy={busy} disabled={chosen === null}>
        {t('give')}
      </Button>
    </form>
  );
}
