'use client';
import { call } from '@parvis/contract/call';
import type { Channel } from '@parvis/contract/chat';
import { decideReport, listReports, type Report } from '@parvis/contract/chat-moderation';
import { SkeletonLines } from '@parvis/ui/Skeleton';
import { toast } from '@parvis/ui/Toast';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useProblem } from '../../problems/useProblem.ts';
import { useChannelAct } from '../channel/useChannelAct.ts';
import { ReportList } from './ReportList.tsx';

/** For who manages the channel: what was reported in it. */
export function ReportsTab({ channel }: { channel: Channel }) {
  const t = useTranslations('chatModeration');
  const problem = useProblem();
  const { busy, act } = useChannelAct();
  const [reports, setReports] = useState<readonly Report[] | null>(null);
  useEffect(() => {
    call(listReports, { id: channel.id }).then(
      (answer) => setReports(answer.reports),
      (error: unknown) => toast(problem(error), { tone: 'bad' }),
    );
    // oxlint-disable-next-line react/exhaustive-deps -- asked anew for another channel only
  }, [channel.id]);
  const decide = (report: Report, decision: 'hide' | 'dismiss') =>
    void act(async () => {
      await call(decideReport, { id: channel.id, reportId: report.id, decision });
      setReports((await call(listReports, { id: channel.id })).reports);
    });
  return (
    <div className="chat-about">
      {reports === null ? (
        <SkeletonLines label={t('loading')} rows={3} faces={false} />
      ) : (
        <ReportList reports={reports} busy={busy} onDecide={decide} />
      )}
    </div>
  );
}
