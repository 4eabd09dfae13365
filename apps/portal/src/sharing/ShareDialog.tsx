'use client';
import './sharing.css';
import { call } from '@parvis/contract/call';
import { type AccessRequest, listAccessRequests } from '@parvis/contract/access-request';
import { changeLink, listReasons, type Reason, share, unshare } from '@parvis/contract/sharing';
import type { Resource, Role } from '@parvis/contract/shape';
import { Dialog } from '@parvis/ui/Dialog';
import { SkeletonLines } from '@parvis/ui/Skeleton';
import { toast } from '@parvis/ui/Toast';
import { useTranslations } from 'next-intl';
import { useCallback, useEffect, useState } from 'react';
import { useProblem } from '../problems/useProblem.ts';
import { LinkMaker } from './LinkMaker.tsx';
import { PublishSwitch } from './PublishSwitch.tsx';
import { type AccessChange, ReasonRow } from './ReasonRow.tsx';
import { Requests } from './Requests.tsx';
import { SubjectPicker } from './SubjectPicker.tsx';

interface Props {
  resource: Resource;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Things whose pages can be opened by the secret of a link alone; the others open to those who have access. */
const opensByLink = new Set<Resource['kind']>(['document', 'folder', 'file']);

/** Asks and changes who has access to a thing; what is refused is said, and the list stays as it was. */
function useReasons(resource: Resource, open: boolean) {
  const problem = useProblem();
  const [reasons, setReasons] = useState<readonly Reason[] | null>(null);
  const { id } = resource;
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
    if (open) void act(call(listReasons, { id }));
    // oxlint-disable-next-line react/exhaustive-deps -- asked once each time it opens
  }, [open, id]);
  const give = (subjectKind: 'person' | 'group' | 'everyone', subjectId: string | null, role: Role) =>
    act(call(share, { id, subjectKind, subjectId, role }));
  const take = ({ subjectKind, subjectId }: Reason) =>
    act(call(unshare, { id, subjectKind, subjectId: subjectId ?? 'all' }));
  const change = ({ subjectKind, subjectId }: Reason, { role, expiresAt, password }: AccessChange) => {
    if (subjectKind !== 'link') return act(call(share, { id, subjectKind, subjectId, role, expiresAt }));
    const given = password === undefined ? {} : { password };
    const linkRole = role === 'manager' || role === 'owner' ? 'editor' : role;
    return act(call(changeLink, { id, linkId: subjectId ?? '', role: linkRole, expiresAt, ...given }));
  };
  const again = () => act(call(listReasons, { id }));
  return { reasons, setReasons, give, take, change, again };
}

/** Open requests for access to this thing, for those who answer them. */
function useRequests(resource: Resource, open: boolean): readonly AccessRequest[] {
  const [requests, setRequests] = useState<readonly AccessRequest[]>([]);
  const { id } = resource;
  const mayAnswer = resource.abilities.share;
  useEffect(() => {
    if (!open || !mayAnswer) return;
    call(listAccessRequests, {}).then(
      (answer) => setRequests(answer.requests.filter((one) => one.resource.id === id)),
      () => undefined,
    );
  }, [open, id, mayAnswer]);
  return requests;
}

export function ShareDialog({ resource, open, onOpenChange }: Props) {
  const t = useTranslations('sharing');
  const shell = useTranslations('shell');
  const { reasons, setReasons, give, take, change, again } = useReasons(resource, open);
  const requests = useRequests(resource, open);
  const mayShare = resource.abilities.share;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="l"
      title={t.rich('title', { name: () => <bdi>{resource.title}</bdi> })}
      closeLabel={shell('close')}
    >
      {requests.length > 0 && <Requests requests={requests} onAnswered={() => void again()} />}
      {mayShare && <SubjectPicker onGive={give} />}
      <h3 className="share-heading">{t('who')}</h3>
      {reasons === null ? (
        <SkeletonLines label={t('loading')} rows={3} />
      ) : (
        <ul className="share-list">
          {reasons.map((reason) => (
            <ReasonRow
              key={`${reason.subjectKind}${reason.subjectId}${reason.from.id}`}
              reason={reason}
              change={mayShare && !reason.inherited ? (wanted) => change(reason, wanted) : undefined}
              take={mayShare && !reason.inherited ? () => void take(reason) : undefined}
            />
          ))}
        </ul>
      )}
      {mayShare && opensByLink.has(resource.kind) && <LinkMaker resource={resource} onMade={setReasons} />}
      {mayShare && resource.kind === 'document' && (
        <PublishSwitch id={resource.id} onChanged={() => void again()} />
      )}
    </Dialog>
  );
}
