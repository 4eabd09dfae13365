'use client';
import { call } from '@parvis/contract/call';
import {
  inviteToSpace,
  listMembers,
  listPeople,
  type Member,
  type PersonCard,
  removeFromSpace,
  type Space,
} from '@parvis/contract/directory';
import { Button } from '@parvis/ui/Button';
import { ComboBox } from '@parvis/ui/ComboBox';
import { Dialog } from '@parvis/ui/Dialog';
import { PersonChip } from '@parvis/ui/PersonChip';
import { Select } from '@parvis/ui/Select';
import { toast } from '@parvis/ui/Toast';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useCallback, useEffect, useState } from 'react';
import { useProblem } from '../problems/useProblem.ts';
import { useFrame } from '../shell/AppFrame.tsx';

const roles = ['reader', 'commenter', 'editor', 'manager'] as const;
type GivenRole = (typeof roles)[number];
const suggestionsMax = 8;

interface Props {
  space: Space;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** The people of a space: who they are and why they are in, and for managers the way to invite and to remove. */
export function MembersDialog({ space, open, onOpenChange }: Props) {
  const t = useTranslations('space');
  const shell = useTranslations('shell');
  const problem = useProblem();
  const router = useRouter();
  const { person: myself } = useFrame();
  const [members, setMembers] = useState<readonly Member[] | null>(null);
  const load = useCallback(() => {
    call(listMembers, { id: space.id }).then(
      (answer) => setMembers(answer.members),
      (error: unknown) => toast(problem(error), { tone: 'bad' }),
    );
  }, [space.id, problem]);
  useEffect(() => {
    if (open) load();
    // oxlint-disable-next-line react/exhaustive-deps -- asked once each time it opens
  }, [open]);

  async function remove(member: Member) {
    try {
      await call(removeFromSpace, { id: space.id, personId: member.person.id });
      if (member.person.id === myself.id) router.push('/');
      load();
      router.refresh();
    } catch (error) {
      toast(problem(error), { tone: 'bad' });
    }
  }

  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('members')} closeLabel={shell('close')}>
      {space.abilities.share && (
        <Invite
          space={space}
          present={members ?? []}
          onInvited={() => {
            load();
            router.refresh();
          }}
        />
      )}
      <ul className="member-list" aria-busy={members === null}>
        {members?.map((member) => (
          <li key={`${member.person.id}${member.byGroup ?? ''}`}>
            <PersonChip
              id={member.person.id}
              name={member.person.name}
              guest={member.person.kind === 'guest' ? shell('guest') : undefined}
              note={member.byGroup ?? member.person.organisation ?? undefined}
            />
            <span className="p-meta">{t(`roles.${member.role}`)}</span>
            {(space.abilities.share || member.person.id === myself.id) && member.byGroup === null && (
              <Button kind="quiet" onClick={() => void remove(member)}>
                {member.person.id === myself.id ? t('leave') : t('remove')}
                <span className="p-sr"> {member.person.name}</span>
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function Invite(props: { space: Space; present: readonly Member[]; onInvited: () => void }) {
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
      <Button kind="main" type="submit" busy={busy} disabled={chosen === null}>
        {t('invite')}
      </Button>
    </form>
  );
}
