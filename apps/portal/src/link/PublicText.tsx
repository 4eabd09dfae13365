import type { DocumentText } from '@parvis/contract/doc-blocks';
import { renderToString } from 'katex';
import { getFormatter, getTranslations } from 'next-intl/server';
import { Blocks } from '../docs/reading/Blocks.tsx';
import { withKey } from '../docs/reading/reading-context.ts';

/** TeX as MathML, which every browser draws and reads aloud by itself; what is no TeX stays as it was typed. */
function renderTex(tex: string, block: boolean): string {
  return renderToString(tex, {
    output: 'mathml',
    displayMode: block,
    throwOnError: false,
    maxSize: 20,
    maxExpand: 200,
  });
}

/** The whole of a document as a page that needs no script. `link` is what opens its images and files. */
export async function PublicText({ text, link }: { text: DocumentText; link: string }) {
  const [t, format] = await Promise.all([getTranslations('link'), getFormatter()]);
  const words = { done: t('done'), open: t('toDo'), inserted: t('inserted'), deleted: t('deleted') };
  return (
    <article className="read">
      <h1 dir="auto">{text.title}</h1>
      <p className="p-meta">
        {t('updated', { date: format.dateTime(new Date(text.updatedAt), { dateStyle: 'long' }) })}
      </p>
      <Blocks blocks={text.blocks} context={{ urlOf: withKey(link), words, renderTex }} />
    </article>
  );
}
