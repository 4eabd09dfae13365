'use client';
import { Avatar } from '@parvis/ui/Avatar';
import { Button } from '@parvis/ui/Button';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import type { Visit } from '../visit.ts';

interface Props {
  visit: Visit;
  me: { id: string; name: string };
  camera: MediaStreamTrack | null;
  onStop: () => void;
}

/** At the door: an organiser has been told, and nothing is to be done but to wait or to go. */
export function Waiting({ visit, me, camera, onStop }: Props) {
  const t = useTranslations('meet');
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) video.current.srcObject = camera === null ? null : new MediaStream([camera]);
  }, [camera]);
  return (
    <div className="p-sheet">
      <main className="p-main p-centre" id="main" tabIndex={-1}>
        <div className="meet-knocking">
          <div className="meet-knocking-self">
            {camera === null ? (
              <Avatar id={me.id} name={me.name} size="xl" />
            ) : (
              <video ref={video} autoPlay muted playsInline aria-label={t('preview')} />
            )}
          </div>
          <h1>
            <bdi>{visit.title}</bdi>
          </h1>
          <p role="status">{t('waiting')}</p>
          <p className="p-meta">{t('waitingHelp')}</p>
          <Button onClick={onStop}>{t('stopWaiting')}</Button>
        </div>
      </main>
    </div>
  );
}
