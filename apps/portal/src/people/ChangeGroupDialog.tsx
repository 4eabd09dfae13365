'use client';
import { call } from '@parvis/contract/call';
import {
  addToGroup,
  type Group,
  type GroupMember,
  listGroupMembers,
  removeFromGroup,
} from '@parvis/contract/directory';
import { Button } from '@parvis/ui/Button';
import { ComboBox } from '@parvis/ui/ComboBox';
import { Dialog } from '@parvis/ui/Dialog';
import { Icon } from '@parvis/ui/Icon';
import { PersonChip } from '@parvis/ui/PersonChip';
import { toast } from '@parvis/ui/Toast';
import { Users } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useProblem } from '../problems/useProblem.ts';
import { useFoundSubjects } from '../sharing/useFoundSubjects.ts';

type Chosen = { id: string; label: string } | null;

/** Who is in a group, the way to take each out, and the way to put a person or another group in. Twice is once. */
export function ChangeGroupDialog({ group, close }: { group: Group; close: () => void }) {
  const t = useTranslations('people');
  const shell = useTranslations('shell');
  const problem = useProblem();
  const router = useRouter();
  const [chosen, setChosen] = useState<Chosen>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | undefined>();

  const { members, load } = useMembers(group.id);

  async function add() {
    if (chosen === null) return;
    setBusy(true);
    try {
      await call(addToGroup, { id: group.id, memberId: chosen.id });
      toast(t('added', { name: chosen.label }));
      setChosen(null);
      setError(undefined);
      load();
      router.refresh();
    } catch (refusal) {
      setError(problem(refusal));
    } finally {
      setBusy(false);
    }
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={t.rich('changeTitle', { name: () => <bdi>{group.name}</bdi> })}
      closeLabel={shell('close')}
      actions={
        <>
          <Button kind="main" disabled={chosen === null} busy={busy} onClick={() => void add()}>
            {t('add')}
          </Button>
        </>
      }
    >
      <Subject groupId={group.id} chosen={chosen} onChoose={setChosen} error={error} />
      <ul className="member-list" aria-busy={members === null}>
        {members?.map((member) => (
          <MemberRow key={member.id} group={group} member={member} onChange={load} />
        ))}
      </ul>
    </Dialog>
  );
}

/** Who is in the group now; null until it is known. */
function useMembers(groupId: string) {
  const problem = useProblem();
  const [members, setMembers] = useState<readonly GroupMember[] | null>(null);
  const load = () => {
    call(listGroupMembers, { id: groupId }).then(
      (answer) => setMembers(answer.members),
      (error: unknown) => toast(problem(error), { tone: 'bad' }),
    );
  };
  // oxlint-disable-next-line react/exhaustive-deps -- asked once each time it opens
  useEffect(load, [groupId]);
  return { members, load };
}

function MemberRow(props: { group: Group; member: GroupMember; onChange: () => void }) {
  const { group, member, onChange } = props;
  const t = useTranslations('people');
  const problem = useProblem();
  const router = useRouter();
  async function remove() {
    try {
      await call(removeFromGroup, { id: group.id, memberId: member.id });
      toast(t('removed', { name: member.name }));
      onChange();
      router.refresh();
    } catch (refusal) {
      toast(problem(refusal), { tone: 'bad' });
    }
  }
  return (
    <li>
      {member.kind === 'person' ? (
        <PersonChip id={member.id} name={member.name} />
      ) : (
        <span className="p-person">
          <Icon of={Users} />
          <bdi className="p-person-name">{member.name}</bdi>
        </span>
      )}
      <Button kind="quiet" onClick={() => void remove()}>
        {t('remove')}
        <span className="p-sr"> {member.name}</span>
      </Button>
    </li>
  );
}

interface SubjectProps {
  groupId: string;
  chosen: Chosen;
  onChoose: (chosen: Chosen) => void;
  error: string | undefined;
}

/** Finds the person or the other group; a group is never offered to itself. */
function Subject({ groupId, chosen, onChoose, error }: SubjectProps) {
  const t = useTranslations('people');
  const space = useTranslations('space');
  const [text, setText] = useState('');
  const found = useFoundSubjects(text).filter((one) => one.id !== groupId);
  // Once it is done the field is empty again, for the next one.
  const [before, setBefore] = useState(chosen);
  if (before !== chosen) {
    setBefore(chosen);
    if (chosen === null && text === before?.label) setText('');
  }
  return (
    <ComboBox
      label={t('who')}
      help={t('changeHelp')}
      options={found}
      text={text}
      onText={(typed) => {
        setText(typed);
        if (chosen?.label !== typed) onChoose(null);
      }}
      value={chosen?.id ?? null}
      onChoose={(id) => {
        const one = found.find((option) => option.id === id) ?? null;
        onChoose(one);
        setText(one?.label ?? '');
      }}
      none={space('nobody')}
      error={error}
    />
  );
}
