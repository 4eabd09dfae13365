'use client';
import { call } from '@parvis/contract/call';
import { favourDocument, unfavourDocument } from '@parvis/contract/doc-list';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { toast } from '@parvis/ui/Toast';
import { Star as StarShape } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useOptimistic, useTransition } from 'react';
import { useProblem } from '../../problems/useProblem.ts';

/** Makes a document one of my favourites, or no longer. */
export function Star({
  id,
  title,
  on,
  after,
}: {
  id: string;
  title: string;
  on: boolean;
  after?: () => void;
}) {
  const t = useTranslations('docsTree');
  const problem = useProblem();
  const router = useRouter();
  const [, begin] = useTransition();
  const [shown, show] = useOptimistic(on);
  function press() {
    begin(async () => {
      show(!on);
      try {
        await call(on ? unfavourDocument : favourDocument, { id });
        after?.();
        router.refresh();
      } catch (error) {
        toast(problem(error), { tone: 'bad' });
      }
    });
  }
  return (
    <IconButton
      className="docs-star"
      label={t(shown ? 'unfavourOf' : 'favourOf', { title })}
      pressed={shown}
      tipAlign="end"
      onClick={press}
    >
      <Icon of={StarShape} />
    </IconButton>
  );
}
