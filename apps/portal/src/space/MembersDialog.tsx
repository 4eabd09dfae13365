'use client';
import { call } from '@parvis/contract/call';
import { listMembers, type Member, removeFromSpace, type Space } from '@parvis/contract/directory';
import { Button } from '@parvis/ui/Button';
import { Dialog } from '@parvis/ui/Dialog';
import { PersonChip } from '@parvis/ui/PersonChip';
import { SkeletonLines } from '@parvis/ui/Skeleton';
import { toast } from '@parvis/ui/Toast';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useFormatter, useTranslations } from 'next-intl';
import { useCallback, useEffect, useState } from 'react';
import { useProblem } from '../problems/useProblem.ts';
import { useFrame } from '../shell/AppFrame.tsx';
import { peopleWay } from '../people/people-way.ts';
import { InviteTabs } from './InviteTabs.tsx';

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
    <Dialog open={open} onOpenChange={onOpenChange} size="l" title={t('members')} closeLabel={shell('close')}>
      {space.abilities.share && (
        <InviteTabs
          space={space}
          present={members ?? []}
          onInvited={() => {
            load();
            router.refresh();
          }}
        />
      )}
      {members === null && <SkeletonLines label={t('loading')} rows={4} />}
      <ul className="member-list">
        {members?.map((member) => (
          <MemberLine
            key={`${member.person.id}${member.byGroup ?? ''}`}
            member={member}
            mine={member.person.id === myself.id}
            onRemove={
              member.byGroup === null && (space.abilities.share || member.person.id === myself.id)
                ? () => void remove(member)
                : undefined
            }
          />
        ))}
      </ul>
    </Dialog>
  );
}

function MemberLine(props: { member: Member; mine: boolean; onRemove: (() => void) | undefined }) {
  const { member, mine, onRemove } = props;
  const { person } = member;
  const t = useTranslations('space');
  const shell = useTranslations('shell');
  const format = useFormatter();
  const { person: myself } = useFrame();
  const until =
    member.expiresAt === null
      ? null
      : t('until', { date: format.dateTime(new Date(member.expiresAt), { dateStyle: 'medium' }) });
  return (
    <li>
      <PersonChip
        id={person.id}
        name={person.name}
        guest={person.kind === 'guest' ? shell(person.bot ? 'bot' : 'guest') : undefined}
        note={member.byGroup ?? person.organisation ?? undefined}
        // Guests have no directory to open.
        {...(myself.kind === 'member' ? { href: peopleWay({ person: person.id }), as: Link } : {})}
      />
      <span className="p-meta">
        {t(`roles.${member.role}`)}
        {until !== null && ` · ${until}`}
      </span>
      {onRemove && (
        <Button kind="quiet" onClick={onRemove}>
          {mine ? t('leave') : t('remove')}
          <span className="p-sr"> {person.name}</span>
        </Button>
      )}
    </li>
  );
}
