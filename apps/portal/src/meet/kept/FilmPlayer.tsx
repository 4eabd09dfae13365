import { recordingContentPath } from '@parvis/contract/content-path';
import { pictureFrameMs } from '@parvis/contract/limits';
import type { RecordedTrack } from '@parvis/contract/meet-record';
import { intlLocale } from '@parvis/ui/format';
import { useLocale, useTranslations } from 'next-intl';
import { clockOf } from './clock.ts';

/** Part of the pictures of a second below which it is told that there are fewer. */
const fewerThan = 0.8;

interface Props {
  /** Of the recording. */
  id: string;
  track: RecordedTrack;
  onElement: (element: HTMLMediaElement | null) => void;
  onError: () => void;
}

/** A recording with its picture, and what is missing of it. */
export function FilmPlayer({ id, track, onElement, onError }: Props) {
  const t = useTranslations('meetKept');
  const locale = useLocale();
  const { n, startedAt, durationMs, picture } = track;
  if (picture === null) return null;
  const { framesPerSecond, gaps } = picture;
  const rate = new Intl.NumberFormat(intlLocale(locale), { maximumFractionDigits: 1 }).format(
    framesPerSecond,
  );
  return (
    <div className="kept-film">
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- the transcript stands beside it */}
      <video
        controls
        playsInline
        preload="metadata"
        aria-label={t('filmOf', { length: clockOf(durationMs) })}
        src={recordingContentPath(id, n)}
        onError={onError}
        ref={onElement}
      />
      {gaps.map(({ from, to }) => (
        <p key={from} className="p-meta">
          {t('noPicture', {
            seconds: Math.max(1, Math.round((Date.parse(to) - Date.parse(from)) / 1_000)),
            time: clockOf(Date.parse(from) - Date.parse(startedAt)),
          })}
        </p>
      ))}
      {framesPerSecond < fewerThan * (1_000 / pictureFrameMs) && (
        <p className="p-meta">{t('slow', { rate })}</p>
      )}
    </div>
  );
}
