'use client';
import { Avatar } from '@parvis/ui/Avatar';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { Mic, MicOff, Video, VideoOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import type { Choice } from '../devices/choice.ts';

interface Props {
  me: { id: string; name: string };
  choice: Choice;
  change: (some: Partial<Choice>) => void;
  camera: MediaStreamTrack | null;
  /** Whether a picture is to be expected. */
  picture: boolean;
}

/** Oneself, as the others will see it, with the two devices that come along. */
export function Preview({ me, choice, change, camera, picture }: Props) {
  const t = useTranslations('meet');
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const element = video.current;
    if (element) element.srcObject = camera === null ? null : new MediaStream([camera]);
  }, [camera, picture]);
  return (
    <div className="meet-preview">
      {picture ? (
        <video ref={video} autoPlay muted playsInline aria-label={t('preview')} />
      ) : (
        <Avatar id={me.id} name={me.name} size="xl" />
      )}
      <span className="meet-name">{t(picture ? 'asSeen' : 'notSeen')}</span>
      <div className="meet-preview-tools">
        <IconButton
          label={t(choice.microphone ? 'microphoneOff' : 'microphoneOn')}
          pressed={!choice.microphone}
          tipSide="top"
          onClick={() => change({ microphone: !choice.microphone })}
        >
          <Icon of={choice.microphone ? Mic : MicOff} />
        </IconButton>
        <IconButton
          label={t(choice.camera ? 'cameraOff' : 'cameraOn')}
          pressed={!choice.camera}
          tipSide="top"
          onClick={() => change({ camera: !choice.camera })}
        >
          <Icon of={choice.camera ? Video : VideoOff} />
        </IconButton>
      </div>
    </div>
  );
}
