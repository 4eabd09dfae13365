'use client';
import type { DocumentBlock } from '@parvis/contract/doc-blocks';
import type { Person } from '@parvis/contract/shape';
import { hueOf } from '@parvis/ui/format';
import { useTranslations } from 'next-intl';
import { useEffect, useMemo, useState } from 'react';
import { wayTo } from '../../shell/resource-way.ts';
import type { ReadingContext } from '../reading/reading-context.ts';

type RenderTex = NonNullable<ReadingContext['renderTex']>;

/** Draws formulas once the part that does has come; it is asked for only where there is one. */
function useTex(blocks: readonly Pick<DocumentBlock, 'type' | 'content' | 'rows'>[]): RenderTex | undefined {
  const [render, setRender] = useState<RenderTex>();
  const wanted = useMemo(() => /"(formula|math)"/.test(JSON.stringify(blocks)), [blocks]);
  useEffect(() => {
    if (!wanted) return;
    let here = true;
    import('katex').then(
      ({ renderToString }) => {
        const draw: RenderTex = (tex, block) =>
          renderToString(tex, {
            output: 'mathml',
            displayMode: block,
            throwOnError: false,
            maxSize: 20,
            maxExpand: 200,
          });
        if (here) setRender(() => draw);
      },
      () => undefined,
    );
    return () => {
      here = false;
    };
  }, [wanted]);
  return render;
}

/** What the reader of blocks needs here: words, formulas, and the names of those who wrote. */
export function useReading(
  people: readonly Person[],
  blocks: Parameters<typeof useTex>[0],
  changes?: ReadingContext['changes'],
): ReadingContext {
  const t = useTranslations('docsHistory');
  const renderTex = useTex(blocks);
  return useMemo(() => {
    const names = new Map(people.map(({ id, name }) => [id, name]));
    return {
      urlOf: (url) => url,
      words: {
        done: t('done'),
        open: t('open'),
        inserted: t('suggestedInsertion'),
        deleted: t('suggestedDeletion'),
      },
      ...(renderTex ? { renderTex } : {}),
      wayTo: (kind, ref) => (kind === 'document' && ref !== '' ? wayTo({ kind: 'document', id: ref }) : null),
      changes,
      told: (what, by) => {
        const name = by === null ? undefined : names.get(by);
        return name === undefined ? t(`told.${what}`) : t(`toldBy.${what}`, { name });
      },
      hueOf,
    };
  }, [people, renderTex, changes, t]);
}
