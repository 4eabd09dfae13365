'use client';
import { call } from '@parvis/contract/call';
import { endSession, type Session } from '@parvis/contract/directory';
import { Badge } from '@parvis/ui/Badge';
import { Button } from '@parvis/ui/Button';
import { exactTime, timeAway } from '@parvis/ui/format';
import { Icon } from '@parvis/ui/Icon';
import { toast } from '@parvis/ui/Toast';
import { Monitor } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useLocale, useNow, useTimeZone, useTranslations } from 'next-intl';
import { useState } from 'react';
import { useProblem } from '../problems/useProblem.ts';

/** Where I am signed in; one session, or all the others, can be signed out. */
export function Sessions({ sessions }: { sessions: readonly Session[] }) {
  const t = useTranslations('settings');
  const problem = useProblem();
  const router = useRouter();
  const [busy, setBusy] = useState<string | null>(null);
  const others = sessions.filter((one) => !one.current);

  async function end(ids: readonly string[], mark: string, said: string) {
    setBusy(mark);
    try {
      for (const id of ids) await call(endSession, { id });
      toast(said);
    } catch (error) {
      toast(problem(error), { tone: 'bad' });
    } finally {
      setBusy(null);
      router.refresh();
    }
  }
  return (
    <section aria-labelledby="settings-sessions">
      <h2 id="settings-sessions">{t('sessions')}</h2>
      <p className="p-meta">{t('sessionsHelp')}</p>
      <ul className="p-lines">
        {sessions.map((session) => (
          <SessionLine
            key={session.id}
            session={session}
            busy={busy === session.id}
            onEnd={() => void end([session.id], session.id, t('ended'))}
          />
        ))}
      </ul>
      {others.length > 1 && (
        <Button
          className="sessions-all"
          kind="danger-quiet"
          busy={busy === 'others'}
          onClick={() =>
            void end(
              others.map((one) => one.id),
              'others',
              t('endedOthers', { count: others.length }),
            )
          }
        >
          {t('endOthers')}
        </Button>
      )}
    </section>
  );
}

function SessionLine(props: { session: Session; busy: boolean; onEnd: () => void }) {
  const { session, busy, onEnd } = props;
  const t = useTranslations('settings');
  const locale = useLocale();
  const timeZone = useTimeZone();
  const now = useNow();
  const browser = session.browser === '' ? t('unknownBrowser') : session.browser;
  return (
    <li>
      <span className="p-kind">
        <Icon of={Monitor} />
      </span>
      <span className="status-words">
        <span className="people-name">
          <bdi>{browser}</bdi>
          {session.current && <Badge tone="good">{t('here')}</Badge>}
        </span>
        <span className="p-meta">
          <time dateTime={session.seenAt} title={exactTime(session.seenAt, locale, { timeZone })}>
            {t('seen', { time: timeAway(session.seenAt, locale, now) })}
          </time>
          {' · '}
          <time dateTime={session.createdAt} title={exactTime(session.createdAt, locale, { timeZone })}>
            {t('since', { time: timeAway(session.createdAt, locale, now) })}
          </time>
        </span>
      </span>
      {!session.current && (
        <Button kind="quiet" busy={busy} onClick={onEnd} aria-label={t('endOf', { browser })}>
          {t('end')}
        </Button>
      )}
    </li>
  );
}
