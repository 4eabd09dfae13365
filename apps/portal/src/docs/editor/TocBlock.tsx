'use client';
import { createReactBlockSpec } from '@blocknote/react';
import { tocConfig } from '@parvis/document/configs';
import { useTranslations } from 'next-intl';
import { goToBlock, headingsOf } from '../outline/headings.ts';
import { useBlocks } from '../useBlocks.ts';
import { useDocumentDoc } from './DocumentDoc.ts';

/** The headings of the document, where the block stands; a press goes there. */
function TocView() {
  const t = useTranslations('docsEditor');
  const headings = headingsOf(useBlocks(useDocumentDoc()));
  return (
    <nav className="docs-toc" contentEditable={false} aria-label={t('toc')}>
      {headings.length === 0 && <p className="p-meta">{t('tocEmpty')}</p>}
      <ol>
        {headings.map(({ id, level, text }) => (
          <li key={id} data-level={level}>
            <button type="button" dir="auto" onClick={() => goToBlock(id)}>
              {text}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

export const tocBlock = createReactBlockSpec(tocConfig, {
  render: TocView,
  toExternalHTML: () => <p />,
})();
