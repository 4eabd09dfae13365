'use client';
import { call } from '@parvis/contract/call';
import type { Channel } from '@parvis/contract/chat';
import {
  addToChannel,
  type ChannelPerson,
  listChannelPeople,
  removeFromChannel,
} from '@parvis/contract/chat-channel';
import { addedPeopleMax } from '@parvis/contract/limits';
import type { Person } from '@parvis/contract/shape';
import { Button } from '@parvis/ui/Button';
import { PersonChip } from '@parvis/ui/PersonChip';
import { SkeletonLines } from '@parvis/ui/Skeleton';
import { toast } from '@parvis/ui/Toast';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useCallback, useEffect, useState } from 'react';
import { peopleWay } from '../../people/people-way.ts';
import { useProblem } from '../../problems/useProblem.ts';
import { useFrame } from '../../shell/AppFrame.tsx';
import { PeoplePicker } from './PeoplePicker.tsx';
import { useChannelAct } from './useChannelAct.ts';

/** Who is in the channel; the way to put others in, and for managers to take somebody out. */
export function PeopleTab({ channel }: { channel: Channel }) {
  const t = useTranslations('chatChannel');
  const problem = useProblem();
  const { person: me } = useFrame();
  const [found, setFound] = useState<{ people: readonly ChannelPerson[]; total: number } | null>(null);
  const load = useCallback(() => {
    call(listChannelPeople, { id: channel.id }).then(setFound, (error: unknown) =>
      toast(problem(error), { tone: 'bad' }),
    );
  }, [channel.id, problem]);
  useEffect(() => {
    load();
    // oxlint-disable-next-line react/exhaustive-deps -- asked anew for another channel only
  }, [channel.id]);
  const { busy, act } = useChannelAct();
  const isConversation = channel.conversation !== null;
  const mayAdd =
    !isConversation &&
    channel.archivedAt === null &&
    me.kind === 'member' &&
    (channel.abilities.share || (channel.channelKind === 'public' && channel.abilities.comment));
  return (
    <div className="chat-about">
      {mayAdd && <AddPeople channel={channel} present={found?.people ?? []} onAdded={load} />}
      {found === null && <SkeletonLines label={t('loading')} rows={4} />}
      {found !== null && <p className="p-meta">{t('peopleCount', { count: found.total })}</p>}
      <ul className="p-lines chat-people">
        {found?.people.map(({ person, role }) => (
          <li key={person.id}>
            <Who person={person} role={role} isConversation={isConversation} />
            {channel.abilities.share && !isConversation && person.id !== me.id && (
              <Button
                kind="quiet"
                size="small"
                disabled={busy}
                onClick={() =>
                  void act(() => call(removeFromChannel, { id: channel.id, personId: person.id }), load)
                }
              >
                {t('remove')}
                <span className="p-sr"> {person.name}</span>
              </Button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Who({
  person,
  role,
  isConversation,
}: Pick<ChannelPerson, 'person' | 'role'> & { isConversation: boolean }) {
  const shell = useTranslations('shell');
  const space = useTranslations('space');
  const { person: me } = useFrame();
  return (
    <PersonChip
      id={person.id}
      name={person.name}
      guest={person.kind === 'guest' ? shell(person.bot ? 'bot' : 'guest') : undefined}
      note={isConversation ? (person.organisation ?? undefined) : space(`roles.${role}`)}
      // Guests have no directory to open.
      {...(me.kind === 'member' ? { href: peopleWay({ person: person.id }), as: Link } : {})}
    />
  );
}

function AddPeople(props: { channel: Channel; present: readonly ChannelPerson[]; onAdded: () => void }) {
  const { channel, present, onAdded } = props;
  const t = useTranslations('chatChannel');
  const router = useRouter();
  const { busy, act } = useChannelAct();
  const [picked, setPicked] = useState<readonly Person[]>([]);
  return (
    <div className="p-form">
      <PeoplePicker
        label={t('add')}
        picked={picked}
        onPick={setPicked}
        without={new Set(present.map(({ person }) => person.id))}
        max={addedPeopleMax}
      />
      {picked.length > 0 && (
        <Button
          kind="main"
          busy={busy}
          onClick={() =>
            void act(
              () => call(addToChannel, { id: channel.id, personIds: picked.map(({ id }) => id) }),
              () => {
                setPicked([]);
                onAdded();
                router.refresh();
              },
            )
          }
        >
          {t('addPicked', { count: picked.length })}
        </Button>
      )}
      <p className="p-meta">{t(`addNotes.${channel.channelKind === 'private' ? 'private' : 'public'}`)}</p>
    </div>
  );
}
