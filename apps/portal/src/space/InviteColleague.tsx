'use client';
import { call } from '@parvis/contract/call';
import {
  inviteToSpace,
  listPeople,
  type Member,
  type PersonCard,
  type Space,
} from '@parvis/contract/directory';
import { Button } from '@parvis/ui/Button';
import { ComboBox } from '@parvis/ui/ComboBox';
import { Select } from '@parvis/ui/Select';
import { toast } from '@parvis/ui/Toast';
import { useTranslations } from 'next-intl';
import { type FormEvent, useEffect, useState } from 'react';
import { useProblem } from '../problems/useProblem.ts';

const roles = ['reader', 'commenter', 'editor', 'manager'] as const;
type GivenRole = (typeof roles)[number];
const suggestionsMax = 8;

/** Finds a person of the house and gives them a role in the space. */
export function InviteColleague(props: { space: Space; present: readonly Member[]; onInvited: () => void }) {
  const t = useTranslations('space');
  const problem = useProblem();
  const [text, setText] = useState('');
  const [found, setFound] = useState<readonly PersonCard[]>([]);
  const [chosen, setChosen] = useState<string | null>(null);
  const [role, setRole] = useState<GivenRole>('editor');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | undefined>();
  useEffect(() => {
    const stop = new AbortController();
    call(listPeople, { q: text, limit: suggestionsMax }, { signal: stop.signal }).then(
      ({ people }) => setFound(people),
      () => undefined,
    );
    return () => stop.abort();
  }, [text]);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (chosen === null) return;
    setBusy(true);
    try {
      const member = await call(inviteToSpace, { id: props.space.id, personId: chosen, role });
      toast(t('invited', { name: member.person.name }));
      setChosen(null);
      setText('');
      setError(undefined);
      props.onInvited();
    } catch (refusal) {
      setError(problem(refusal));
    } finally {
      setBusy(false);
    }
  }

  const present = new Set(props.present.map((member) => member.person.id));
  return (
    <form className="invite" onSubmit={submit}>
      <ComboBox
        label={t('whom')}
        options={found.map((one) => ({
          id: one.id,
          label: one.name,
          note: present.has(one.id) ? t('already') : one.email,
        }))}
        text={text}
        onText={(typed) => {
          setText(typed);
          if (found.find((one) => one.id === chosen)?.name !== typed) setChosen(null);
        }}
        value={chosen}
        onChoose={(id) => {
          setChosen(id);
          setText(found.find((one) => one.id === id)?.name ?? '');
        }}
        none={t('nobody')}
        error={error}
      />
      <Select
        label={t('role')}
        options={roles.map((one) => ({ id: one, label: t(`roles.${one}`) }))}
        value={role}
        onChange={(one) => setRole(one as GivenRole)}
      />
      <Button kind="main" type="submit" busy={busy} aria-disabled={chosen === null}>
        {t('invite')}
      </Button>
    </form>
  );
}
