'use client';
import type { Role } from '@parvis/contract/shape';
import { Button } from '@parvis/ui/Button';
import { ComboBox } from '@parvis/ui/ComboBox';
import { Select } from '@parvis/ui/Select';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useFoundSubjects } from './useFoundSubjects.ts';

const roles = ['reader', 'commenter', 'editor', 'manager'] as const;
const everyone = 'everyone';

type Give = (kind: 'person' | 'group' | 'everyone', id: string | null, role: Role) => Promise<void>;

/** Finds a person or a group, or everyone, and gives them a role. */
export function SubjectPicker({ onGive }: { onGive: Give }) {
  const t = useTranslations('sharing');
  const space = useTranslations('space');
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const [role, setRole] = useState<Role>('reader');
  const [busy, setBusy] = useState(false);
  const found = useFoundSubjects(text);
  const options = [
    ...found,
    { id: everyone, label: t('everyone'), note: t('everyoneNote'), kind: 'everyone' as const },
  ];

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
      <Button kind="main" type="submit" busy={busy} aria-disabled={chosen === null}>
        {t('give')}
      </Button>
    </form>
  );
}
