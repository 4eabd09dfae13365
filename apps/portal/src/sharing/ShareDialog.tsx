'use client';
import './sharing.css';
import { call } from '@parvis/contract/call';
import { listReasons, type Reason, share, unshare } from '@parvis/contract/sharing';
import type { Resource, Role } from '@parvis/contract/shape';
import { Button } from '@parvis/ui/Button';
import { Dialog } from '@parvis/ui/Dialog';
import { exactTime } from '@parvis/ui/format';
import { Icon } from '@parvis/ui/Icon';
import { PersonChip } from '@parvis/ui/PersonChip';
import { SkeletonLines } from '@parvis/ui/Skeleton';
import { toast } from '@parvis/ui/Toast';
import { Globe, Link2, Users } from 'lucide-react';
import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import { useCallback, useEffect, useState } from 'react';
import { useProblem } from '../problems/useProblem.ts';
import { LinkMaker } from './LinkMaker.tsx';
import { SubjectPicker } from './SubjectPicker.tsx';

interface Props {
  resource: Resource;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Things whose pages can be opened by the secret of a link alone; the others open to those who have access. */
const opensByLink = new Set<Resource['kind']>(['document', 'folder', 'file']);

export function ShareDialog({ resource, open, onOpenChange }: Props) {
  const t = useTranslations('sharing');
  const shell = useTranslations('shell');
  const problem = useProblem();
  const [reasons, setReasons] = useState<readonly Reason[] | null>(null);
  const act = useCallback(
    async (asking: Promise<{ reasons: Reason[] }>) => {
      try {
        setReasons((await asking).reasons);
      } catch (error) {
        toast(problem(error), { tone: 'bad' });
      }
    },
    [problem],
  );
  useEffect(() => {
    if (open) void act(call(listReasons, { id: resource.id }));
    // oxlint-disable-next-line react/exhaustive-deps -- asked once each time it opens
  }, [open, resource.id]);

  const give = (subjectKind: 'person' | 'group' | 'everyone', subjectId: string | null, role: Role) =>
    act(call(share, { id: resource.id, subjectKind, subjectId, role }));
  const take = (reason: Reason) =>
    act(
      call(unshare, {
        id: resource.id,
        subjectKind: reason.subjectKind,
        subjectId: reason.subjectId ?? 'all',
      }),
    );
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="l"
      title={t.rich('title', { name: () => <bdi>{resource.title}</bdi> })}
      closeLabel={shell('close')}
    >
      {resource.abilities.share && <SubjectPicker onGive={give} />}
      <h3 className="share-heading">{t('who')}</h3>
      {reasons === null ? (
        <SkeletonLines label={t('loading')} rows={3} />
      ) : (
        <ul className="share-list">
          {reasons.map((reason) => (
            <ReasonRow
              key={`${reason.subjectKind}${reason.subjectId}${reason.from.id}${reason.role}`}
              reason={reason}
              onTake={resource.abilities.share && !reason.inherited ? () => void take(reason) : undefined}
            />
          ))}
        </ul>
      )}
      {resource.abilities.share && opensByLink.has(resource.kind) && (
        <LinkMaker resource={resource} onMade={setReasons} />
      )}
    </Dialog>
  );
}

const shapes = { group: Users, everyone: Globe, link: Link2 } as const;

/** One line: who, with which role, and why. */
function ReasonRow({ reason, onTake }: { reason: Reason; onTake: (() => void) | undefined }) {
  const t = useTranslations('sharing');
  const shell = useTranslations('shell');
  const space = useTranslations('space');
  const locale = useLocale();
  const timeZone = useTimeZone();
  const name =
    reason.subjectKind === 'everyone'
      ? t('everyone')
      : reason.subjectKind === 'link'
        ? t('link')
        : reason.name;
  return (
    <li>
      {reason.person !== null ? (
        <PersonChip
          id={reason.person.id}
          name={reason.person.name}
          guest={reason.person.kind === 'guest' ? shell('guest') : undefined}
        />
      ) : (
        <span className="p-person">
          <Icon of={shapes[reason.subjectKind as keyof typeof shapes] ?? Users} />
          <bdi>{name}</bdi>
        </span>
      )}
      <span className="p-meta share-why">
        {reason.inherited ? t.rich('through', { name: () => <bdi>{reason.from.title}</bdi> }) : t('here')}
        {reason.expiresAt !== null &&
          ` · ${t('until', { date: exactTime(reason.expiresAt, locale, { timeZone }) })}`}
      </span>
      <span className="p-meta">{space(`roles.${reason.role}`)}</span>
      {onTake && (
        <Button kind="quiet" onClick={onTake}>
          {t('take')}
          <span className="p-sr"> {name}</span>
        </Button>
      )}
    </li>
  );
}
