'use client';
import { Avatar } from '@parvis/ui/Avatar';
import { Badge } from '@parvis/ui/Badge';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { ConnectionQuality, type Participant, ParticipantEvent, Track } from 'livekit-client';
import { AudioLines, Hand, MicOff, Pin, PinOff, ShieldAlert, WifiOff, ZoomIn, ZoomOut } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useLayoutEffect, useReducer, useRef, useState } from 'react';
import { kindOf, personIdOf } from './participants.ts';
import type { Piece } from './useTiles.ts';

interface Props {
  piece: Piece;
  /** Place in the line of raised hands, from 1; absent: no hand. */
  hand?: number | undefined;
  pinned: boolean;
  onPin: (() => void) | undefined;
  /** Large: a screen shown here can be enlarged further. */
  large?: boolean;
  /** Pictures of others are not asked for. */
  still?: boolean;
  /** The picture cannot be read: the key is not the one of the meeting. */
  sealed?: boolean;
}

function useVideo(participant: Participant, source: Track.Source) {
  const video = useRef<HTMLVideoElement>(null);
  const [, look] = useReducer((count: number) => count + 1, 0);
  // The stage takes changes together; a picture that comes is shown by its own tile at once, and before the next painting.
  useLayoutEffect(() => {
    participant.on(ParticipantEvent.TrackSubscribed, look);
    return () => void participant.off(ParticipantEvent.TrackSubscribed, look);
  }, [participant]);
  const publication = participant.getTrackPublication(source);
  const track = publication && !publication.isMuted ? publication.videoTrack : undefined;
  useLayoutEffect(() => {
    const element = video.current;
    if (!track || !element) return;
    track.attach(element);
    return () => {
      track.detach(element);
    };
  }, [track]);
  return { video, track };
}

/** A face (or a screen): moving picture when there is one, name, and what others should know. */
export function Tile({ piece, hand, pinned, onPin, large, still, sealed }: Props) {
  const t = useTranslations('meetRoom');
  const { participant, source } = piece;
  const mine = participant.isLocal;
  const { video, track } = useVideo(
    participant,
    source === 'camera' ? Track.Source.Camera : Track.Source.ScreenShare,
  );
  const name = participant.name || t('somebody');
  const label = source === 'screen' ? t('screenOf', { name }) : mine ? t('me') : name;
  const [zoom, setZoom] = useState(1);
  const shown = track !== undefined && !sealed && !(still && source === 'camera' && !mine);
  return (
    <li
      className="meet-tile"
      data-speaking={(participant.isSpeaking && source === 'camera') || undefined}
      data-source={source}
      data-pinned={pinned || undefined}
    >
      {shown ? (
        <div
          className="meet-picture"
          // A screen that is larger than its place is moved by scrolling, with the keys, too.
          {...(zoom > 1 && { tabIndex: 0, role: 'group', 'aria-label': label })}
        >
          <video
            ref={video}
            autoPlay
            playsInline
            muted
            data-mirrored={(mine && source === 'camera') || undefined}
            aria-label={label}
            style={zoom > 1 ? { inlineSize: `${zoom * 100}%`, blockSize: `${zoom * 100}%` } : undefined}
          />
        </div>
      ) : (
        <Avatar id={personIdOf(participant)} name={name} size="xl" />
      )}
      {sealed && (
        <span className="meet-sealed">
          <Icon of={ShieldAlert} size="s" />
          {t('sealed')}
        </span>
      )}
      {hand !== undefined && source === 'camera' && (
        <span className="meet-hand">
          <Icon of={Hand} size="s" />
          <span className="p-sr">{t('handPlace')}</span> {hand}
        </span>
      )}
      <Name piece={piece} label={label} />
      <div className="meet-tile-acts">
        {source === 'screen' && large && shown && <Zoom zoom={zoom} change={setZoom} />}
        {onPin && (
          <IconButton label={t(pinned ? 'unpin' : 'pin', { name: label })} tipAlign="end" onClick={onPin}>
            <Icon of={pinned ? PinOff : Pin} size="s" />
          </IconButton>
        )}
      </div>
    </li>
  );
}

function Zoom({ zoom, change }: { zoom: number; change: (to: number) => void }) {
  const t = useTranslations('meetRoom');
  return (
    <>
      <IconButton label={t('smaller')} tipAlign="end" disabled={zoom <= 1} onClick={() => change(zoom - 0.5)}>
        <Icon of={ZoomOut} size="s" />
      </IconButton>
      <IconButton label={t('larger')} tipAlign="end" disabled={zoom >= 4} onClick={() => change(zoom + 0.5)}>
        <Icon of={ZoomIn} size="s" />
      </IconButton>
    </>
  );
}

function Name({ piece, label }: { piece: Piece; label: string }) {
  const t = useTranslations('meetRoom');
  const { participant, source } = piece;
  const kind = kindOf(participant);
  return (
    <span className="meet-name">
      {source === 'camera' && !participant.isMicrophoneEnabled && (
        <>
          <Icon of={MicOff} size="s" />
          <span className="p-sr">{t('muted')}</span>
        </>
      )}
      {source === 'camera' && participant.isMicrophoneEnabled && participant.isSpeaking && (
        <Icon of={AudioLines} size="s" />
      )}
      <bdi>{label}</bdi>
      {kind === 'guest' && <Badge tone="people">{t('guest')}</Badge>}
      {kind === 'anonymous' && <Badge tone="wait">{t('unverified')}</Badge>}
      {participant.connectionQuality === ConnectionQuality.Poor && (
        <>
          <Icon of={WifiOff} size="s" />
          <span className="p-sr">{t('poor')}</span>
        </>
      )}
    </span>
  );
}

/** The voices of somebody and of the screen they show, apart from the pictures: they must not stop when tiles move. */
export function SoundOf({ participant }: { participant: Participant }) {
  return (
    <>
      <Voice participant={participant} source={Track.Source.Microphone} />
      <Voice participant={participant} source={Track.Source.ScreenShareAudio} />
    </>
  );
}

function Voice({ participant, source }: { participant: Participant; source: Track.Source }) {
  const audio = useRef<HTMLAudioElement>(null);
  const track = participant.getTrackPublication(source)?.audioTrack;
  useEffect(() => {
    const element = audio.current;
    if (!track || !element) return;
    track.attach(element);
    return () => {
      track.detach(element);
    };
  }, [track]);
  // oxlint-disable-next-line jsx-a11y/media-has-caption -- a live voice has no captions file
  return <audio ref={audio} autoPlay />;
}
