'use client';
import { type Conversion, lostKinds } from '@parvis/contract/doc-conversion';
import { Banner } from '@parvis/ui/Banner';
import { Progress } from '@parvis/ui/Progress';
import { useTranslations } from 'next-intl';

interface Props {
  now: Conversion | null;
  error: string | null;
  busy: boolean;
}

/** How far a conversion has come, why it failed, and what it could not keep. */
export function Outcome({ now, error, busy }: Props) {
  const t = useTranslations('docsConvert');
  const problems = useTranslations('problems');
  const code = now?.state === 'failed' ? (now.code ?? 'internal') : null;
  const failure = error ?? (code === null ? null : problems(problems.has(code) ? code : 'internal'));
  const lost = now?.state === 'done' ? lostKinds.filter((kind) => (now.lost[kind] ?? 0) > 0) : [];
  return (
    <div className="convert-outcome" aria-live="polite">
      {busy && (
        <Progress label={t(now?.state === 'files' ? 'pictures' : 'working')} value={now?.progress ?? 0} />
      )}
      {failure !== null && <Banner tone="bad">{failure}</Banner>}
      {lost.length > 0 && (
        <div>
          <p>{t('notKept')}</p>
          <ul>
            {lost.map((kind) => (
              <li key={kind}>{t(`lost.${kind}`, { count: now?.lost[kind] ?? 0 })}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
