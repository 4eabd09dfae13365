'use client';
import { call } from '@parvis/contract/call';
import { addToGroup, type Group, removeFromGroup } from '@parvis/contract/directory';
import { Button } from '@parvis/ui/Button';
import { ComboBox } from '@parvis/ui/ComboBox';
import { Dialog } from '@parvis/ui/Dialog';
import { toast } from '@parvis/ui/Toast';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useProblem } from '../problems/useProblem.ts';
import { useFoundSubjects } from '../sharing/useFoundSubjects.ts';

type Chosen = { id: string; label: string } | null;

/** Puts a person or a group into a group, or takes them out. Twice is once, so neither needs to know who is in it. */
export function ChangeGroupDialog({ group, close }: { group: Group; close: () => void }) {
  const t = useTranslations('people');
  const shell = useTranslations('shell');
  const problem = useProblem();
  const router = useRouter();
  const [chosen, setChosen] = useState<Chosen>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | undefined>();

  async function change(op: typeof addToGroup | typeof removeFromGroup, said: 'added' | 'removed') {
    if (chosen === null) return;
    setBusy(true);
    try {
      await call(op, { id: group.id, memberId: chosen.id });
      toast(t(said, { name: chosen.label }));
      setChosen(null);
      setError(undefined);
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
          <Button
            kind="danger-quiet"
            disabled={chosen === null || busy}
            onClick={() => void change(removeFromGroup, 'removed')}
          >
            {t('remove')}
          </Button>
          <Button
            kind="main"
            disabled={chosen === null}
            busy={busy}
            onClick={() => void change(addToGroup, 'added')}
          >
            {t('add')}
          </Button>
        </>
      }
    >
      <Subject groupId={group.id} chosen={chosen} onChoose={setChosen} error={error} />
    </Dialog>
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
