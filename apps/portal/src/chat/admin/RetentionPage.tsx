'use client';
import '../channel/channel.css';
import './admin.css';
import { call } from '@parvis/contract/call';
import { decideHouseReport, listHouseReports, type Report } from '@parvis/contract/chat-moderation';
import type { ChatExport, ChatPolicy, Hold } from '@parvis/contract/chat-retention';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { SheetPage } from '../../shell/SheetPage.tsx';
import { useChannelAct } from '../channel/useChannelAct.ts';
import { ReportList } from '../moderation/ReportList.tsx';
import { ExportSection } from './ExportSection.tsx';
import { HoldSection } from './HoldSection.tsx';
import { PolicySection } from './PolicySection.tsx';

interface Props {
  policy: ChatPolicy;
  holds: readonly Hold[];
  exports: readonly ChatExport[];
  reports: readonly Report[];
}

/** For administrators: how long messages stay, what is held for the law, what was taken out of the house, and why. */
export function RetentionPage({ policy, holds, exports, reports }: Props) {
  const t = useTranslations('chatAdmin');
  return (
    <SheetPage title={t('title')} titleId="retention-title">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable region must be reachable by keyboard */}
      <div className="p-scroll" role="region" aria-labelledby="retention-title" tabIndex={0}>
        <div className="column chat-admin">
          <p className="column-say">{t('say')}</p>
          <PolicySection policy={policy} />
          <HoldSection holds={holds} />
          <ExportSection exports={exports} />
          <HouseReports first={reports} />
        </div>
      </div>
    </SheetPage>
  );
}

function HouseReports({ first }: { first: readonly Report[] }) {
  const t = useTranslations('chatAdmin');
  const { busy, act } = useChannelAct();
  const [reports, setReports] = useState(first);
  const decide = (report: Report, decision: 'hide' | 'dismiss') =>
    void act(async () => {
      await call(decideHouseReport, { reportId: report.id, decision });
      setReports((await call(listHouseReports, {})).reports);
    });
  return (
    <section aria-labelledby="admin-reports">
      <h2 id="admin-reports">{t('reports')}</h2>
      <p className="p-meta">{t('reportsHelp')}</p>
      <ReportList reports={reports} busy={busy} onDecide={decide} />
    </section>
  );
}
