import { LinkButton } from '@parvis/ui/Button';
import { EmptyState } from '@parvis/ui/EmptyState';
import { SpaceTile } from '@parvis/ui/SpaceTile';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';

/** The same page for what does not exist and for what is not open to the person. */
export async function Nowhere({ children }: { children?: ReactNode }) {
  const [t, shell] = await Promise.all([getTranslations('problems'), getTranslations('shell')]);
  return (
    <div className="p-sheet nowhere">
      <main className="p-main p-centre" id="main" tabIndex={-1}>
        <h1 className="p-sr">{t('nothingHere')}</h1>
        <EmptyState
          level={2}
          picture={<SpaceTile id="nowhere" size="xl" />}
          title={t('not-found')}
          action={<LinkButton href="/">{shell('home')}</LinkButton>}
        />
        {children}
      </main>
    </div>
  );
}
