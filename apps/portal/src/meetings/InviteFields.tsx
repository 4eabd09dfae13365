'use client';
import { call } from '@parvis/contract/call';
import { listGroups } from '@parvis/contract/directory';
import { invitedListSizeMax } from '@parvis/contract/limits';
import { Button } from '@parvis/ui/Button';
import { ComboBox } from '@parvis/ui/ComboBox';
import { Icon } from '@parvis/ui/Icon';
import { TextField } from '@parvis/ui/TextField';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { PeoplePicker } from '../chat/channel/PeoplePicker.tsx';
import { useFrame } from '../shell/AppFrame.tsx';
import type { Draft } from './draft.ts';

interface Props {
  draft: Draft;
  put: (change: Partial<Draft>) => void;
}
type Group = Draft['groups'][number];

/** People of the house by name, groups, and addresses outside. */
export function InviteFields({ draft, put }: Props) {
  const t = useTranslations('meetings');
  const { person } = useFrame();
  return (
    <>
      <PeoplePicker
        label={t('people')}
        picked={draft.people}
        onPick={(people) => put({ people })}
        without={new Set([person.id])}
        max={invitedListSizeMax}
      />
      <GroupPicker picked={draft.groups} onPick={(groups) => put({ groups })} />
      <TextField
        label={t('outsiders')}
        help={t('outsidersHelp')}
        value={draft.addresses}
        dir="ltr"
        inputMode="email"
        autoComplete="off"
        onChange={(event) => put({ addresses: event.target.value })}
      />
    </>
  );
}

/** Where the house has no groups, none are asked for. */
function GroupPicker({
  picked,
  onPick,
}: {
  picked: readonly Group[];
  onPick: (groups: readonly Group[]) => void;
}) {
  const t = useTranslations('meetings');
  const [groups, setGroups] = useState<readonly Group[]>([]);
  useEffect(() => {
    const stop = new AbortController();
    call(listGroups, {}, { signal: stop.signal }).then(
      (answer) => setGroups(answer.groups),
      () => undefined,
    );
    return () => stop.abort();
  }, []);
  const left = groups.filter(({ id }) => !picked.some((one) => one.id === id));
  if (groups.length === 0 && picked.length === 0) return null;
  return (
    <>
      <ComboBox
        key={picked.length}
        label={t('groups')}
        options={left.map(({ id, name }) => ({ id, label: name }))}
        value={null}
        onChoose={(id) => {
          const group = groups.find((one) => one.id === id);
          if (group) onPick([...picked, { id: group.id, name: group.name }]);
        }}
        none={t('groupsNone')}
      />
      {picked.length > 0 && (
        <ul className="chat-picked" aria-label={t('groups')}>
          {picked.map(({ id, name }) => (
            <li key={id}>
              <Button
                size="small"
                icon={<Icon of={X} size="s" />}
                aria-label={t('ungroup', { name })}
                onClick={() => onPick(picked.filter((one) => one.id !== id))}
              >
                <bdi>{name}</bdi>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
