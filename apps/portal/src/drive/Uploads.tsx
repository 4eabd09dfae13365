'use client';
import { Button } from '@parvis/ui/Button';
import { Glyph } from '@parvis/ui/Glyph';
import { IconButton } from '@parvis/ui/IconButton';
import { Progress } from '@parvis/ui/Progress';
import { useFormatter, useTranslations } from 'next-intl';
import type { FileUpload } from './useUploads.ts';

interface Props {
  uploads: readonly FileUpload[];
  onAgain: (id: string) => void;
  onDrop: (id: string) => void;
}

/** The queue in the corner: how far each file has come, in truth. */
export function Uploads({ uploads, onAgain, onDrop }: Props) {
  const t = useTranslations('drive');
  const problems = useTranslations('problems');
  const format = useFormatter();
  if (uploads.length === 0) return null;
  const note = (one: FileUpload) => {
    if (one.state === 'failed') return t('failed');
    if (one.state === 'done') return t('done');
    return format.number(one.bytes === 0 ? 0 : one.sent / one.bytes, { style: 'percent' });
  };
  return (
    <section className="drive-uploads" aria-label={t('uploads', { count: uploads.length })}>
      <h2>{t('uploads', { count: uploads.length })}</h2>
      <ul aria-live="polite">
        {uploads.map((one) => (
          <li key={one.id}>
            <Progress
              label={one.name}
              value={one.bytes === 0 ? (one.state === 'done' ? 1 : 0) : one.sent / one.bytes}
              note={note(one)}
              tone={one.state === 'failed' ? 'bad' : one.state === 'done' ? 'good' : 'plain'}
            />
            <IconButton
              label={t(one.state === 'done' ? 'hide' : 'stop', { name: one.name })}
              onClick={() => onDrop(one.id)}
              tipAlign="end"
              tipSide="top"
            >
              <Glyph name="close" />
            </IconButton>
            {one.state === 'failed' && (
              <p className="drive-failed">
                {problems.has(one.code ?? '') ? problems(one.code ?? '') : problems('upload-incomplete')}{' '}
                <Button onClick={() => onAgain(one.id)}>{t('again')}</Button>
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
