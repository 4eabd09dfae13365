'use client';
import { Button } from '@parvis/ui/Button';
import { ErrorState } from '@parvis/ui/ErrorState';
import { useTranslations } from 'next-intl';

/** What is shown when a page fails: what happened, and one thing to do. */
export default function PageError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  const t = useTranslations('problems');
  const shell = useTranslations('shell');
  return (
    <div className="p-sheet">
      <main className="p-main p-centre" id="main" tabIndex={-1}>
        <ErrorState
          title={t('internal')}
          reference={error.digest}
          action={
            <Button kind="main" onClick={reset}>
              {shell('retry')}
            </Button>
          }
        />
      </main>
    </div>
  );
}
