'use client';
import './safe-reading.css';
import type { Block, Inline } from '@parvis/document/block';
import { plainText } from '@parvis/document/block';
import { blocksOf } from '@parvis/document/read-blocks';
import { Banner } from '@parvis/ui/Banner';
import { Button } from '@parvis/ui/Button';
import { useTranslations } from 'next-intl';
import { createElement, useEffect, useState } from 'react';
import type * as Y from 'yjs';

/** Milliseconds of rest before a text that others go on writing is read again. */
const restMs = 300;

/**
 * A text that holds something which this page does not know: read without an editor, which would delete it for
 * everybody. Others go on writing, and that is seen.
 */
export function SafeReading({ doc, label }: { doc: Y.Doc; label: string }) {
  const t = useTranslations('docsEditor');
  const [blocks, setBlocks] = useState<readonly Block[]>(() => blocksOf(doc));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(() => setBlocks(blocksOf(doc)), restMs);
    };
    doc.on('update', later);
    return () => {
      doc.off('update', later);
      clearTimeout(timer);
    };
  }, [doc]);
  return (
    <>
      <Banner flat>
        <span>{t('strange')}</span>{' '}
        <Button size="small" onClick={() => window.location.reload()}>
          {t('reload')}
        </Button>
      </Banner>
      <section className="docs-safe" aria-label={label}>
        <Blocks blocks={blocks} />
      </section>
    </>
  );
}

function Blocks({ blocks }: { blocks: readonly Block[] }) {
  return blocks.map((block, at) => (
    <div key={block.id === '' ? `at ${at}` : block.id} data-type={block.type}>
      <Content block={block} />
      {block.children.length > 0 && (
        <div className="docs-safe-below">
          <Blocks blocks={block.children} />
        </div>
      )}
    </div>
  ));
}

function Content({ block }: { block: Block }) {
  const t = useTranslations('docsEditor');
  const { type, props, content, rows } = block;
  const dir = props.textDirection === 'ltr' || props.textDirection === 'rtl' ? props.textDirection : 'auto';
  if (rows !== undefined)
    return (
      <table>
        <tbody>
          {rows.map((row, line) => (
            <tr key={`row ${line}`}>
              {row.map((cell, at) =>
                createElement(
                  cell.header ? 'th' : 'td',
                  { key: `cell ${at}`, colSpan: cell.colspan, rowSpan: cell.rowspan, dir: 'auto' },
                  <Line content={cell.content} />,
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    );
  if (type === 'heading') {
    const level = Math.min(6, Math.max(1, Number(props.level) || 1));
    return createElement(`h${level}`, { dir }, <Line content={content} />);
  }
  if (type === 'codeBlock') return <pre dir="ltr">{plainText(content)}</pre>;
  if (type === 'formula') return <p dir="ltr">{String(props.tex)}</p>;
  const box = type === 'task' || type === 'checkListItem';
  return (
    <p dir={dir}>
      {box && (
        <input type="checkbox" checked={props.checked === true} readOnly disabled aria-label={t('done')} />
      )}
      <Line content={content} />
    </p>
  );
}

function Line({ content }: { content: readonly Inline[] }) {
  return content.map((one, at) => {
    if (one.type !== 'text') return <span key={`thing ${at}`}>{plainText([one])}</span>;
    const has = (name: string) => one.marks.some((mark) => mark.name === name);
    const tag = has('bold') ? 'strong' : has('italic') ? 'em' : 'span';
    return createElement(tag, { key: `text ${at}` }, one.text);
  });
}
