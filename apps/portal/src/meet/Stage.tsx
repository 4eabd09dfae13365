'use client';
import type { Meeting } from '@parvis/contract/meet';
import { endMeeting } from '@parvis/contract/meet';
import { call } from '@parvis/contract/call';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { toast } from '@parvis/ui/Toast';
import { ConnectionState } from 'livekit-client';
import { Mic, MicOff, MonitorUp, PhoneOff, Video, VideoOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import type { Choice } from './Lobby.tsx';
import type { Left } from './MeetingView.tsx';
import { AudioOf, Tile } from './Tile.tsx';
import { useRoom } from './useRoom.ts';

interface Props {
  meeting: Meeting;
  url: string;
  token: string;
  choice: Choice;
  onLeft: (why: Left) => void;
}

/** The meeting itself: faces first, tools below. Media goes between the browsers and LiveKit alone. */
export function Stage({ meeting, url, token, choice, onLeft }: Props) {
  const t = useTranslations('meet');
  const { room, people, joined, deviceRefused } = useRoom(url, token, choice, onLeft);
  const mine = room.localParticipant;
  useEffect(() => {
    if (deviceRefused) toast(t('deviceRefused'), { tone: 'bad' });
  }, [deviceRefused, t]);
  const turn = (act: Promise<unknown>) => void act.catch(() => toast(t('deviceRefused'), { tone: 'bad' }));
  const screens = people.filter((one) => one.isScreenShareEnabled);
  const speaks = mine.permissions?.canPublish !== false;
  return (
    <main className="p-main meet" id="main" tabIndex={-1} aria-label={meeting.title}>
      <header className="meet-head">
        <h1>
          <bdi>{meeting.title}</bdi>
        </h1>
        <span role="status">
          {room.state === ConnectionState.Reconnecting
            ? t('reconnecting')
            : joined
              ? t('presentCount', { count: people.length })
              : t('connecting')}
        </span>
      </header>
      <ul
        className="meet-grid"
        data-count={Math.min(people.length + screens.length, 9)}
        aria-label={t('present')}
      >
        {screens.map((one) => (
          <Tile key={`${one.identity}/screen`} participant={one} source="screen" mine={one === mine} />
        ))}
        {people.map((one) => (
          <Tile key={one.identity} participant={one} source="camera" mine={one === mine} />
        ))}
      </ul>
      {people.map((one) => one !== mine && <AudioOf key={one.identity} participant={one} />)}
      <div className="meet-tools" role="toolbar" aria-label={t('tools')}>
        {speaks && (
          <>
            <IconButton
              label={t(mine.isMicrophoneEnabled ? 'microphoneOff' : 'microphoneOn')}
              pressed={!mine.isMicrophoneEnabled}
              tipSide="top"
              onClick={() => turn(mine.setMicrophoneEnabled(!mine.isMicrophoneEnabled))}
            >
              <Icon of={mine.isMicrophoneEnabled ? Mic : MicOff} />
            </IconButton>
            <IconButton
              label={t(mine.isCameraEnabled ? 'cameraOff' : 'cameraOn')}
              pressed={!mine.isCameraEnabled}
              tipSide="top"
              onClick={() => turn(mine.setCameraEnabled(!mine.isCameraEnabled))}
            >
              <Icon of={mine.isCameraEnabled ? Video : VideoOff} />
            </IconButton>
            <IconButton
              label={t(mine.isScreenShareEnabled ? 'screenOff' : 'screenOn')}
              pressed={mine.isScreenShareEnabled}
              tipSide="top"
              onClick={() => turn(mine.setScreenShareEnabled(!mine.isScreenShareEnabled))}
            >
              <Icon of={MonitorUp} />
            </IconButton>
          </>
        )}
        <button type="button" className="p-btn meet-leave" onClick={() => void room.disconnect()}>
          <Icon of={PhoneOff} size="s" />
          {t('leave')}
        </button>
        {meeting.abilities.manage && (
          <button
            type="button"
            className="p-btn meet-end"
            onClick={() =>
              void call(endMeeting, { id: meeting.id }).then(
                () => onLeft('ended'),
                () => undefined,
              )
            }
          >
            {t('endForAll')}
          </button>
        )}
      </div>
    </main>
  );
}
