'use client';
import type { Block } from '@parvis/document/block';
import { blocksOf } from '@parvis/document/read-blocks';
import { Banner } from '@parvis/ui/Banner';
import { Button } from '@parvis/ui/Button';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import type * as Y from 'yjs';
import { Blocks } from '../reading/Blocks.tsx';
import { withKey } from '../reading/reading-context.ts';

/** Milliseconds of rest before a text that others go on writing is read again. */
const restMs = 300;

interface Props {
  doc: Y.Doc;
  label: string;
  /** The secret of the link that the person came by. */
  link?: string | undefined;
}

/**
 * A text that holds something which this page does not know: read without an editor, which would delete it for
 * everybody. Others go on writing, and that is seen.
 */
export function SafeReading({ doc, label, link }: Props) {
  const t = useTranslations('docsEditor');
  const words = useTranslations('link');
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
  const context = {
    urlOf: withKey(link),
    words: {
      done: words('done'),
      open: words('toDo'),
      inserted: words('inserted'),
      deleted: words('deleted'),
    },
  };
  return (
    <>
      <Banner flat>
        <span>{t('strange')}</span>{' '}
        <Button size="small" onClick={() => window.location.reload()}>
          {t('reload')}
        </Button>
      </Banner>
      <section className="read" aria-label={label}>
        <Blocks blocks={blocks} context={context} />
      </section>
    </>
  );
}
