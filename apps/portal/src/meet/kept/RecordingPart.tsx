'use client';
import { call } from '@parvis/contract/call';
import type { Meeting } from '@parvis/contract/meet';
import { recordingContentPath } from '@parvis/contract/content-path';
import { deleteRecording, type Recording } from '@parvis/contract/meet-record';
import { Badge } from '@parvis/ui/Badge';
import { Banner } from '@parvis/ui/Banner';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { intlLocale } from '@parvis/ui/format';
import { MenuLater } from '@parvis/ui/MenuLater';
import { toast } from '@parvis/ui/Toast';
import { Ellipsis } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { type RefObject, useImperativeHandle, useRef, useState } from 'react';
import { useProblem } from '../../problems/useProblem.ts';
import { clockOf } from './clock.ts';
import { FilmPlayer } from './FilmPlayer.tsx';

/** Plays the second of a recording in which something was said. */
export interface RecordingSound {
  play(instant: string): void;
}

interface Props {
  meeting: Meeting;
  recordings: readonly Recording[];
  sound: RefObject<RecordingSound | null>;
  onChange: () => Promise<void>;
}

/** The recordings of a meeting: all voices together to be heard here, each alone to be taken away. */
export function RecordingPart({ meeting, recordings, sound, onChange }: Props) {
  const t = useTranslations('meetKept');
  const players = useRef(new Map<string, { element: HTMLMediaElement; from: number; to: number }>());
  useImperativeHandle(sound, () => ({
    play(instant) {
      const at = Date.parse(instant);
      const found = [...players.current.values()].find(({ from, to }) => at >= from && at <= to);
      if (!found) return void toast(t('notRecorded'));
      found.element.currentTime = Math.max(0, (at - found.from) / 1_000);
      void found.element.play().catch(() => undefined);
    },
  }));
  return (
    <section aria-labelledby="meeting-recordings">
      <h2 id="meeting-recordings">{t('recordings')}</h2>
      <ul className="kept-recordings">
        {recordings.map((one) => (
          <RecordingItem
            key={one.id}
            recording={one}
            organises={meeting.myRole === 'organiser'}
            onChange={onChange}
            onPlayer={(key, found) =>
              found === null ? players.current.delete(key) : players.current.set(key, found)
            }
          />
        ))}
      </ul>
    </section>
  );
}

interface ItemProps {
  recording: Recording;
  organises: boolean;
  onChange: () => Promise<void>;
  onPlayer: (key: string, found: { element: HTMLMediaElement; from: number; to: number } | null) => void;
}

function RecordingItem({ recording, organises, onChange, onPlayer }: ItemProps) {
  const t = useTranslations('meetKept');
  const locale = useLocale();
  const problem = useProblem();
  const { id, state, code, tracks, by, keptUntil, gaps, folderId } = recording;
  const day = new Intl.DateTimeFormat(intlLocale(locale), { dateStyle: 'long', timeZone: 'UTC' });
  const problems = useTranslations('problems');
  const take = async (n: number, name: string) => {
    const address = recordingContentPath(id, n);
    if (await isGone(address)) return void toast(problems('recording-gone'), { tone: 'bad' });
    download(address, name);
  };
  const drop = () =>
    void call(deleteRecording, { id })
      .then(onChange)
      .catch((error: unknown) => toast(problem(error), { tone: 'bad' }));
  return (
    <li className="kept-recording">
      <div className="kept-line">
        <span className="p-grow">
          {by !== null && <bdi>{t('recordedBy', { name: by.name })}</bdi>}
          <span className="p-meta">
            {t('keptUntil', { day: day.format(new Date(`${keptUntil}T12:00:00Z`)) })}
          </span>
        </span>
        {state !== 'saved' && state !== 'failed' && <Badge>{t(`state.${state}`)}</Badge>}
        {tracks.length > 0 && (
          <MenuLater
            label={t('more')}
            align="end"
            groups={[
              {
                id: 'voices',
                title: t('takeAway'),
                items: tracks.map(({ n, mix, name, picture }) => {
                  const label = picture ? t('film') : mix ? t('allVoices') : name;
                  const file = `${label}.${picture ? 'webm' : 'ogg'}`;
                  return { id: `track-${n}`, label, onAction: () => void take(n, file) };
                }),
              },
              ...(folderId === null
                ? []
                : [
                    {
                      id: 'files',
                      items: [{ id: 'in-files', label: t('inFiles'), href: `/drive/${folderId}` }],
                    },
                  ]),
              ...(organises && (state === 'saved' || state === 'failed')
                ? [{ id: 'end', items: [{ id: 'delete', label: t('delete'), danger: true, onAction: drop }] }]
                : []),
            ]}
            trigger={
              <IconButton label={t('more')}>
                <Icon of={Ellipsis} />
              </IconButton>
            }
          />
        )}
      </div>
      <Wrong code={code} tracks={tracks} />
      {gaps.length > 0 && <p className="p-meta">{t('gaps', { count: gaps.length })}</p>}
      <Sounds recording={recording} onPlayer={onPlayer} />
    </li>
  );
}

/** What is wrong with a recording that is over. */
function Wrong({ code, tracks }: Pick<Recording, 'code' | 'tracks'>) {
  const t = useTranslations('meetKept');
  if (code === null) return null;
  if (code === 'picture-missing') return <Banner tone="bad">{t('pictureMissing')}</Banner>;
  if (code === 'picture-shorter' || code === 'voices-shorter') {
    const differences = tracks.map(({ picture }) =>
      picture === null ? 0 : Math.abs(picture.pictureMs - picture.voicesMs),
    );
    const seconds = Math.max(1, Math.round(Math.max(...differences) / 1_000));
    return (
      <Banner tone="bad">
        {t(code === 'picture-shorter' ? 'pictureShorter' : 'voicesShorter', { seconds })}
      </Banner>
    );
  }
  return <Banner tone="bad">{t(code === 'disk-full' ? 'diskFull' : 'nothingRecorded')}</Banner>;
}

/** All voices together, to be heard, with the picture where there is one; or that the store has lost them. */
function Sounds({ recording: { id, tracks }, onPlayer }: Pick<ItemProps, 'recording' | 'onPlayer'>) {
  const t = useTranslations('meetKept');
  const problems = useTranslations('problems');
  const [gone, setGone] = useState(false);
  if (gone) return <Banner tone="bad">{problems('recording-gone')}</Banner>;
  const films = tracks.filter(({ picture }) => picture !== null);
  const alone = tracks.filter(
    ({ mix, startedAt }) => mix && !films.some((film) => film.startedAt === startedAt),
  );
  return [...films, ...alone]
    .toSorted((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt))
    .map((track) => {
      const { n, startedAt, durationMs, picture } = track;
      const from = Date.parse(startedAt);
      const onElement = (element: HTMLMediaElement | null) =>
        onPlayer(`${id}/${n}`, element === null ? null : { element, from, to: from + durationMs });
      const onError = () => void isGone(recordingContentPath(id, n)).then(setGone);
      if (picture !== null)
        return <FilmPlayer key={n} id={id} track={track} onElement={onElement} onError={onError} />;
      return (
        // oxlint-disable-next-line jsx-a11y/media-has-caption -- the transcript stands below
        <audio
          key={n}
          controls
          preload="metadata"
          aria-label={t('playerOf', { length: clockOf(durationMs) })}
          src={recordingContentPath(id, n)}
          onError={onError}
          ref={onElement}
        />
      );
    });
}

/** Whether the bytes of a track are no longer there: a player only says that it cannot play. */
async function isGone(address: string): Promise<boolean> {
  const answer = await fetch(address, { headers: { range: 'bytes=0-0' } }).catch(() => null);
  return answer?.status === 410;
}

function download(address: string, name: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}
