'use client';
import './sharing.css';
import { type AccessRequest, answerAccessRequest } from '@parvis/contract/access-request';
import { call } from '@parvis/contract/call';
import { Button } from '@parvis/ui/Button';
import { PersonChip } from '@parvis/ui/PersonChip';
import { Select } from '@parvis/ui/Select';
import { toast } from '@parvis/ui/Toast';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useProblem } from '../problems/useProblem.ts';
import { wayTo } from '../shell/resource-way.ts';

const roles = ['reader', 'commenter', 'editor'] as const;
type Given = (typeof roles)[number];

interface Props {
  requests: readonly AccessRequest[];
  /** Whether each line says what is asked for: where requests for several things stand together. */
  namesThing?: boolean;
  onAnswered?: () => void;
}

/** Who asks to be let in, and the two answers. What was answered leaves the list. */
export function Requests({ requests, namesThing, onAnswered }: Props) {
  const problem = useProblem();
  const [answered, setAnswered] = useState<ReadonlySet<string>>(new Set());
  const open = requests.filter(({ id }) => !answered.has(id));
  async function answer(requestId: string, role: Given | null) {
    try {
      await call(answerAccessRequest, { requestId, role });
      setAnswered(new Set([...answered, requestId]));
      onAnswered?.();
    } catch (error) {
      toast(problem(error), { tone: 'bad' });
    }
  }
  return (
    <ul className="share-list">
      {open.map((one) => (
        <RequestRow key={one.id} request={one} namesThing={namesThing} onAnswer={answer} />
      ))}
    </ul>
  );
}

interface RowProps {
  request: AccessRequest;
  namesThing: boolean | undefined;
  onAnswer: (requestId: string, role: Given | null) => Promise<void>;
}

function RequestRow({ request, namesThing, onAnswer }: RowProps) {
  const t = useTranslations('sharing');
  const shell = useTranslations('shell');
  const space = useTranslations('space');
  const [role, setRole] = useState<Given>('reader');
  const { person, resource, note } = request;
  return (
    <li>
      <PersonChip
        id={person.id}
        name={person.name}
        guest={person.kind === 'guest' ? shell('guest') : undefined}
      />
      <span className="p-meta share-why">
        {namesThing ? (
          <Link href={wayTo(resource)}>
            <bdi>{resource.title}</bdi>
          </Link>
        ) : (
          t('asks')
        )}
        {note !== '' && (
          <q className="share-note" dir="auto">
            {note}
          </q>
        )}
      </span>
      <Select
        label={space('role')}
        labelHidden
        options={roles.map((one) => ({ id: one, label: space(`roles.${one}`) }))}
        value={role}
        onChange={(one) => setRole(one as Given)}
      />
      <Button onClick={() => void onAnswer(request.id, role)}>
        {t('give')}
        <span className="p-sr"> {person.name}</span>
      </Button>
      <Button kind="quiet" onClick={() => void onAnswer(request.id, null)}>
        {t('refuse')}
        <span className="p-sr"> {person.name}</span>
      </Button>
    </li>
  );
}
