'use client';
import type { DocumentBlock } from '@parvis/contract/doc-blocks';
import type { BlockDifference, compareMoments } from '@parvis/contract/doc-history';
import type { OutputOf } from '@parvis/contract/operation';
import { Button } from '@parvis/ui/Button';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useMemo, useRef, useState } from 'react';
import { Blocks } from '../reading/Blocks.tsx';
import { People } from './People.tsx';
import { useReading } from './useReading.ts';

/** Blocks that did not change and are shown beside one that did. */
const besideMax = 1;

interface Props {
  compared: OutputOf<typeof compareMoments>;
}

/** What changed between two moments, in the text itself; what did not is folded away until it is asked for. */
export function Changes({ compared }: Props) {
  const t = useTranslations('docsHistory');
  const [whole, setWhole] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const { differences, people } = compared;
  const shown = useMemo(() => (whole ? differences : near(differences)), [whole, differences]);
  const changes = useMemo(() => new Map(shown.map((one, at) => [keyOf(one, at), one])), [shown]);
  const blocks = useMemo(() => nested(shown), [shown]);
  const context = useReading(people, blocks, changes);
  const count = differences.filter(({ change }) => change !== 'same').length;
  function go(step: 1 | -1) {
    const all = [...(place.current?.querySelectorAll<HTMLElement>('[data-change]') ?? [])];
    const at = all.findIndex((node) => node === document.activeElement);
    const next = all[at === -1 ? (step === 1 ? 0 : all.length - 1) : (at + step + all.length) % all.length];
    next?.focus();
    next?.scrollIntoView({ block: 'center' });
  }
  return (
    <>
      <div className="past-count">
        <p role="status">{t('changes', { count })}</p>
        {count > 0 && (
          <span>
            <IconButton label={t('previousChange')} onClick={() => go(-1)}>
              <Icon of={ArrowUp} size="s" />
            </IconButton>
            <IconButton label={t('nextChange')} tipAlign="end" onClick={() => go(1)}>
              <Icon of={ArrowDown} size="s" />
            </IconButton>
          </span>
        )}
      </div>
      <People people={people} />
      <div className="read" ref={place}>
        <Blocks blocks={blocks} context={context} />
      </div>
      {!whole && shown.length < differences.length && (
        <Button kind="quiet" onClick={() => setWhole(true)}>
          {t('showWhole')}
        </Button>
      )}
    </>
  );
}

/** A block that is there twice, taken out here and put in there, still has a key of its own. */
const keyOf = ({ block: { id }, change }: BlockDifference, at: number): string =>
  id === '' || change === 'removed' ? `${id} ${at}` : id;

/** Those that changed, and their neighbours. */
function near(differences: readonly BlockDifference[]): readonly BlockDifference[] {
  return differences.filter((_, at) =>
    differences
      .slice(Math.max(0, at - besideMax), at + besideMax + 1)
      .some(({ change }) => change !== 'same'),
  );
}

type Growing = Omit<DocumentBlock, 'children'> & { children: Growing[] };

/** Puts each block below the one that it stands under, as far as that one is shown. */
function nested(differences: readonly BlockDifference[]): DocumentBlock[] {
  const roots: Growing[] = [];
  const open: { depth: number; block: Growing }[] = [];
  for (const [at, one] of differences.entries()) {
    const block: Growing = { ...one.block, id: keyOf(one, at), children: [] };
    while (open.length > 0 && (open.at(-1)?.depth ?? 0) >= one.depth) open.pop();
    (open.at(-1)?.block.children ?? roots).push(block);
    open.push({ depth: one.depth, block });
  }
  return roots;
}
