'use client';
import type { Space } from '@parvis/contract/directory';
import type { Meeting } from '@parvis/contract/meet';
import { Avatar, AvatarStack } from '@parvis/ui/Avatar';
import { Banner } from '@parvis/ui/Banner';
import { Button } from '@parvis/ui/Button';
import { Icon } from '@parvis/ui/Icon';
import { IconButton, IconLink } from '@parvis/ui/IconButton';
import { ArrowLeft, Mic, MicOff, Video, VideoOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { ShareButton } from '../sharing/ShareButton.tsx';
import { useFrame } from '../shell/AppFrame.tsx';
import type { ServerState } from './MeetingView.tsx';

export interface Choice {
  readonly camera: boolean;
  readonly microphone: boolean;
}

interface Props {
  meeting: Meeting;
  space: Space | null;
  serverState: ServerState;
  joining: boolean;
  error: string | undefined;
  onJoin: (choice: Choice) => void;
}

/** Shows the camera to its owner alone, and gives it back when the lobby is left. */
function usePreview(wanted: boolean) {
  const video = useRef<HTMLVideoElement>(null);
  const [refused, setRefused] = useState(false);
  useEffect(() => {
    if (!wanted) return;
    let stream: MediaStream | undefined;
    let left = false;
    navigator.mediaDevices?.getUserMedia({ video: { width: 1280, height: 720 } }).then(
      (got) => {
        if (left) return got.getTracks().forEach((track) => track.stop());
        stream = got;
        setRefused(false);
        if (video.current) video.current.srcObject = got;
      },
      () => setRefused(true),
    );
    return () => {
      left = true;
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
  }, [wanted]);
  return { video, refused };
}

/** Before the door: how I will be seen and heard, who is already there, and one button. */
export function Lobby({ meeting, space, serverState, joining, error, onJoin }: Props) {
  const t = useTranslations('meet');
  const shell = useTranslations('shell');
  const { person } = useFrame();
  const [camera, setCamera] = useState(true);
  const [microphone, setMicrophone] = useState(true);
  const { video, refused } = usePreview(camera && !joining);
  return (
    <div className="p-sheet">
      <main className="p-main" id="main" tabIndex={-1}>
        <header className="p-bar">
          {space !== null && (
            <IconLink className="p-back p-only-phone" href={`/space/${space.id}`} label={shell('back')}>
              <Icon of={ArrowLeft} flip />
            </IconLink>
          )}
          <div className="p-bar-title">
            <Icon of={Video} />
            <h1>
              <bdi>{meeting.title}</bdi>
            </h1>
          </div>
          <div className="p-bar-acts">
            <ShareButton resource={meeting} />
          </div>
        </header>
        {serverState !== 'ready' && <Banner flat>{t(`server.${serverState}`)}</Banner>}
        <div className="p-scroll">
          <div className="lobby">
            <div className="lobby-self">
              {camera && !refused ? (
                <video ref={video} autoPlay muted playsInline aria-label={t('preview')} />
              ) : (
                <Avatar id={person.id} name={person.name} size="xl" />
              )}
              <div className="lobby-tools">
                <IconButton
                  label={t(microphone ? 'microphoneOff' : 'microphoneOn')}
                  pressed={!microphone}
                  tipSide="top"
                  onClick={() => setMicrophone(!microphone)}
                >
                  <Icon of={microphone ? Mic : MicOff} />
                </IconButton>
                <IconButton
                  label={t(camera ? 'cameraOff' : 'cameraOn')}
                  pressed={!camera}
                  tipSide="top"
                  onClick={() => setCamera(!camera)}
                >
                  <Icon of={camera ? Video : VideoOff} />
                </IconButton>
              </div>
            </div>
            {refused && camera && <p className="p-meta">{t('refused')}</p>}
            <h2>{t(meeting.present.length > 0 ? 'alreadyOn' : 'readyToStart')}</h2>
            {meeting.present.length > 0 && (
              <p className="lobby-there">
                <AvatarStack people={meeting.present} label={t('present')} />
                <span className="p-meta">{t('presentCount', { count: meeting.present.length })}</span>
              </p>
            )}
            {error !== undefined && <Banner tone="bad">{error}</Banner>}
            <Button
              kind="main"
              size="big"
              busy={joining}
              disabled={serverState !== 'ready'}
              onClick={() => onJoin({ camera, microphone })}
            >
              {t('join')}
            </Button>
          </div>
        </div>
      </main>
    </div>
  );
}
