'use client';
import './moderation.css';
import type { Report } from '@parvis/contract/chat-moderation';
import { Badge } from '@parvis/ui/Badge';
import { Button } from '@parvis/ui/Button';
import { useFormatter, useTranslations } from 'next-intl';

interface Props {
  reports: readonly Report[];
  busy: boolean;
  onDecide: (report: Report, decision: 'hide' | 'dismiss') => void;
}

/** What was reported, as it was then, with the two ways to decide; what was decided stays to be read. */
export function ReportList({ reports, busy, onDecide }: Props) {
  const t = useTranslations('chatModeration');
  const format = useFormatter();
  if (reports.length === 0) return <p className="p-meta">{t('none')}</p>;
  return (
    <ul className="chat-reports">
      {reports.map((report) => (
        <li key={report.id}>
          <p className="chat-report-head">
            <Badge tone={report.state === 'open' ? 'wait' : 'plain'}>{t(`states.${report.state}`)}</Badge>
            <span className="p-strong">{t(`reasons.${report.reason}`)}</span>
          </p>
          <blockquote className="chat-quote" dir="auto">
            {report.body}
          </blockquote>
          {report.note !== '' && <p dir="auto">{report.note}</p>}
          <p className="p-meta">
            {t('saidBy', {
              writer: report.sender?.name ?? t('erased'),
              reporter: report.reporter?.name ?? t('erased'),
            })}{' '}
            <time dateTime={report.at}>
              {format.dateTime(new Date(report.at), { dateStyle: 'medium', timeStyle: 'short' })}
            </time>
          </p>
          {report.state === 'open' && (
            <div className="chat-about-acts">
              <Button disabled={busy} onClick={() => onDecide(report, 'hide')}>
                {t('hideIt')}
              </Button>
              <Button kind="quiet" disabled={busy} onClick={() => onDecide(report, 'dismiss')}>
                {t('leaveIt')}
              </Button>
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
