import './drive.css';
import type { Crumb } from '@parvis/contract/directory';
import { contentPath } from '@parvis/contract/content-path';
import type { File } from '@parvis/contract/drive';
import { Banner } from '@parvis/ui/Banner';
import { LinkButton } from '@parvis/ui/Button';
import { EmptyState } from '@parvis/ui/EmptyState';
import { exactTime, fileSize } from '@parvis/ui/format';
import { Icon } from '@parvis/ui/Icon';
import { IconLink } from '@parvis/ui/IconButton';
import { ArrowLeft, Download } from 'lucide-react';
import Link from 'next/link';
import { getLocale, getTimeZone, getTranslations } from 'next-intl/server';
import type { z } from 'zod';
import { ShareButton } from '../sharing/ShareButton.tsx';
import { withLink } from '../shell/resource-way.ts';
import { dayOf } from './day.ts';
import { AwaitVerdict } from './AwaitVerdict.tsx';
import { Crumbs } from './Crumbs.tsx';

interface Props {
  file: File;
  path: readonly z.infer<typeof Crumb>[];
  link: string | undefined;
}

/** One file: what can be shown of it, what it is, and the way to take it. */
export async function FileView({ file, path, link }: Props) {
  const [t, shell] = await Promise.all([getTranslations('drive'), getTranslations('shell')]);
  const inline = withLink(`${contentPath(file.id)}?inline=1`, link);
  const open = file.verdict === 'clean' || file.verdict === 'off';
  return (
    <div className="p-sheet">
      <main className="p-main" id="main" tabIndex={-1}>
        <header className="p-bar">
          <IconLink
            className="p-back p-only-phone"
            href={withLink(`/drive/${file.parentId ?? file.spaceId ?? ''}`, link)}
            label={shell('back')}
          >
            <Icon of={ArrowLeft} flip />
          </IconLink>
          <div className="p-bar-title">
            <Crumbs path={path} title={file.title} label={t('path')} link={link} />
          </div>
          <div className="p-bar-acts">
            <ShareButton resource={file} />
            {open && (
              <LinkButton
                kind="main"
                href={withLink(contentPath(file.id), link)}
                download={file.title}
                icon={<Icon of={Download} size="s" />}
              >
                {t('download')}
              </LinkButton>
            )}
          </div>
        </header>
        {file.verdict === 'waiting' && <AwaitVerdict id={file.id} link={link} />}
        {!open && (
          <Banner flat tone={file.verdict === 'infected' ? 'bad' : 'wait'}>
            {t(`verdict.${file.verdict}`)}
          </Banner>
        )}
        <div className="p-scroll drive-file">
          {open && /^image\/(png|jpeg|gif|webp|avif)$/.test(file.mediaType) ? (
            <img className="drive-picture" src={inline} alt={file.title} />
          ) : open && /^audio\/(mpeg|wav|flac|ogg|mp4)$/.test(file.mediaType) ? (
            // oxlint-disable-next-line jsx-a11y/media-has-caption -- somebody else's sound: nobody wrote down what is said
            <audio className="drive-sound" controls preload="metadata" src={inline} aria-label={file.title} />
          ) : open && /^video\/(mp4|ogg|webm)$/.test(file.mediaType) ? (
            // oxlint-disable-next-line jsx-a11y/media-has-caption -- as of sound
            <video
              className="drive-picture"
              controls
              preload="metadata"
              src={inline}
              aria-label={file.title}
            />
          ) : (
            <EmptyState title={<bdi>{file.title}</bdi>}>
              {t(open ? 'noPreview' : `verdict.${file.verdict}`)}
            </EmptyState>
          )}
          <FileFacts file={file} />
        </div>
      </main>
    </div>
  );
}

/** What the house knows of a file. */
async function FileFacts({ file }: { file: File }) {
  const [t, locale, timeZone] = await Promise.all([getTranslations('drive'), getLocale(), getTimeZone()]);
  return (
    <dl className="drive-facts">
      <dt>{t('type')}</dt>
      <dd dir="ltr">{file.mediaType}</dd>
      <dt>{t('size')}</dt>
      <dd>{fileSize(file.sizeBytes, locale)}</dd>
      <dt>{t('modified')}</dt>
      <dd>{exactTime(file.updatedAt, locale, { timeZone })}</dd>
      {file.owner !== null && file.meetingId === null && (
        <>
          <dt>{t('owner')}</dt>
          <dd>
            <bdi>{file.owner.name}</bdi>
          </dd>
        </>
      )}
      {file.keptUntil !== null && (
        <>
          <dt>{t('keptUntil')}</dt>
          <dd>{dayOf(file.keptUntil, locale)}</dd>
        </>
      )}
      {file.meetingId === null ? (
        <>
          <dt>{t('security')}</dt>
          <dd>{t(`verdict.${file.verdict}`)}</dd>
        </>
      ) : (
        <>
          <dt>{t('recordingOf')}</dt>
          <dd>
            <Link className="p-link" href={`/meeting/${file.meetingId}`}>
              {t('theMeeting')}
            </Link>
          </dd>
        </>
      )}
      <dt>SHA-256</dt>
      <dd dir="ltr" className="drive-hash">
        {file.sha256}
      </dd>
    </dl>
  );
}
