'use client';
import { Icon } from '@parvis/ui/Icon';
import { CloudOff } from 'lucide-react';
import { useSelectedLayoutSegment } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useLine } from './line-state.ts';

/** Pages that say it themselves, with what they have kept. */
const ownWords = new Set<string | null>(['chat', 'docs']);

/** Said quietly over the edge of the page, as long as it lasts: nothing moves when the network goes or comes. */
export function LinePill() {
  const t = useTranslations('shell');
  const line = useLine();
  const segment = useSelectedLayoutSegment();
  const shown = line !== 'fine' && !ownWords.has(segment);
  return (
    <div className="line-pill" role="status" data-shown={shown || undefined}>
      {shown && (
        <>
          <Icon of={CloudOff} size="s" />
          <span>{t(line === 'offline' ? 'offline' : 'reconnecting')}</span>
        </>
      )}
    </div>
  );
}
