'use client';
import './outline.css';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import type { PanelProps } from '../panels.tsx';
import { useBlocks } from '../useBlocks.ts';
import { WordCount } from '../writing/WordCount.tsx';
import { blockElement, goToBlock, type Heading, headingsOf } from './headings.ts';

/** Pixels below the top of the text within which a heading counts as the one that is read. */
const readPx = 120;

/** The heading that is being read: the last one above the upper part of the text. */
function useCurrent(headings: readonly Heading[]): string | null {
  const [current, setCurrent] = useState<string | null>(null);
  useEffect(() => {
    const scroller = document.querySelector('#main > .p-scroll');
    if (scroller === null) return;
    let asked = 0;
    const look = () => {
      asked = 0;
      const top = scroller.getBoundingClientRect().top + readPx;
      const above = headings.filter(({ id }) => (blockElement(id)?.getBoundingClientRect().top ?? top) < top);
      setCurrent(above.at(-1)?.id ?? null);
    };
    const later = () => {
      if (asked === 0) asked = requestAnimationFrame(look);
    };
    scroller.addEventListener('scroll', later, { passive: true });
    look();
    return () => {
      scroller.removeEventListener('scroll', later);
      cancelAnimationFrame(asked);
    };
  }, [headings]);
  return current;
}

/** The headings of the text; the one that is read is marked, and a press goes there. */
export function OutlinePanel({ connection, editor }: PanelProps) {
  const t = useTranslations('docs');
  const blocks = useBlocks(connection.doc);
  const [headings, setHeadings] = useState<readonly Heading[]>([]);
  useEffect(() => {
    setHeadings(headingsOf(blocks));
  }, [blocks]);
  const current = useCurrent(headings);
  return (
    <>
      {headings.length === 0 ? (
        <p className="p-meta">{t('noHeadings')}</p>
      ) : (
        <Headings headings={headings} current={current} />
      )}
      <WordCount editor={editor} />
    </>
  );
}

function Headings({ headings, current }: { headings: readonly Heading[]; current: string | null }) {
  return (
    <ol className="docs-outline">
      {headings.map(({ id, level, text }) => (
        <li key={id} data-level={level}>
          <button
            type="button"
            dir="auto"
            aria-current={id === current ? 'true' : undefined}
            onClick={() => goToBlock(id)}
          >
            {text}
          </button>
        </li>
      ))}
    </ol>
  );
}
