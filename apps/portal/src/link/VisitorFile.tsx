import { contentPath } from '@parvis/contract/content-path';
import { getFile } from '@parvis/contract/drive';
import { Banner } from '@parvis/ui/Banner';
import { LinkButton } from '@parvis/ui/Button';
import { FileName } from '@parvis/ui/FileTile';
import { fileSize } from '@parvis/ui/format';
import { Icon } from '@parvis/ui/Icon';
import { Download } from 'lucide-react';
import { getLocale, getTranslations } from 'next-intl/server';
import { askOrLeave } from '../ask.ts';
import { withLink } from '../shell/resource-way.ts';

/** One file, for whoever came by a public link: what it is, and the way to take it. */
export async function VisitorFile({ id, link }: { id: string; link: string }) {
  const [file, t, drive, locale] = await Promise.all([
    askOrLeave(getFile, { id, link }),
    getTranslations('link'),
    getTranslations('drive'),
    getLocale(),
  ]);
  const open = file.verdict === 'clean' || file.verdict === 'off';
  return (
    <article className="visitor-thing">
      <h1>
        <FileName name={file.title} />
      </h1>
      <p className="p-meta">{fileSize(file.sizeBytes, locale)}</p>
      {open ? (
        <LinkButton
          kind="main"
          href={withLink(contentPath(file.id), link)}
          download={file.title}
          icon={<Icon of={Download} size="s" />}
        >
          {t('download')}
        </LinkButton>
      ) : (
        <Banner tone={file.verdict === 'infected' ? 'bad' : 'wait'}>
          {drive(`verdict.${file.verdict}`)}
        </Banner>
      )}
    </article>
  );
}
