'use client';
import { Avatar } from '@parvis/ui/Avatar';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { Mic, MicOff, Video, VideoOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import type { Choice } from '../devices/choice.ts';

interface Props {
  me: { id: string; name: string };
  choice: Choice;
  change: (some: Partial<Choice>) => void;
  camera: MediaStreamTrack | null;
  /** Whether a picture is to be expected. */
  picture: boolean;
}

/** Shows a camera with its background; answers the way to stop. What works on the picture is fetched only now. */
function withBackground(
  camera: MediaStreamTrack,
  choice: Choice,
  element: HTMLVideoElement,
  onFail: () => void,
): () => void {
  let stop = () => {};
  let left = false;
  void import('../devices/with-effects.ts')
    .then(({ cameraTrack }) => cameraTrack(camera.clone(), choice))
    .then((track) => {
      stop = () => {
        track.detach(element);
        track.stop();
      };
      if (left) stop();
      else track.attach(element);
    })
    .catch(() => {
      if (!left) onFail();
    });
  return () => {
    left = true;
    stop();
  };
}

/** Oneself, as the others will see it, with the two devices that come along. */
export function Preview({ me, choice, change, camera, picture }: Props) {
  const t = useTranslations('meet');
  const devices = useTranslations('meetDevices');
  const video = useRef<HTMLVideoElement>(null);
  const [plain, setPlain] = useState(false);
  const { background } = choice;
  useEffect(() => {
    const element = video.current;
    if (!element) return;
    if (camera === null) element.srcObject = null;
    else if (background === 'none') element.srcObject = new MediaStream([camera]);
    else return withBackground(camera, choice, element, () => setPlain(true));
    setPlain(false);
    // oxlint-disable-next-line react/exhaustive-deps -- of the choice only the background is seen here
  }, [camera, picture, background]);
  return (
    <div className="meet-preview">
      {picture ? (
        <video ref={video} autoPlay muted playsInline aria-label={t('preview')} />
      ) : (
        <Avatar id={me.id} name={me.name} size="xl" />
      )}
      <span className="meet-name" role="status">
        {plain ? devices('backgroundFailed') : t(picture ? 'asSeen' : 'notSeen')}
      </span>
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
