'use client';
import { Avatar } from '@parvis/ui/Avatar';
import { Badge } from '@parvis/ui/Badge';
import { Icon } from '@parvis/ui/Icon';
import { ConnectionQuality, type Participant, Track } from 'livekit-client';
import { MicOff, WifiOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';

interface Props {
  participant: Participant;
  source: 'camera' | 'screen';
  mine: boolean;
}

/** A face (or a screen): moving picture when there is one, name, and what others should know. */
export function Tile({ participant, source, mine }: Props) {
  const t = useTranslations('meet');
  const shell = useTranslations('shell');
  const video = useRef<HTMLVideoElement>(null);
  const publication = participant.getTrackPublication(
    source === 'camera' ? Track.Source.Camera : Track.Source.ScreenShare,
  );
  const track = publication && !publication.isMuted ? publication.videoTrack : undefined;
  useEffect(() => {
    const element = video.current;
    if (!track || !element) return;
    track.attach(element);
    return () => {
      track.detach(element);
    };
  }, [track]);
  const name = participant.name || t('somebody');
  const personId = participant.attributes.person ?? participant.identity;
  const label = source === 'screen' ? t('screenOf', { name }) : mine ? t('me') : name;
  return (
    <li
      className="meet-tile"
      data-speaking={(participant.isSpeaking && source === 'camera') || undefined}
      data-source={source}
    >
      {track ? (
        <video
          ref={video}
          autoPlay
          playsInline
          muted
          data-mirrored={(mine && source === 'camera') || undefined}
          aria-label={label}
        />
      ) : (
        <Avatar id={personId} name={name} size="xl" />
      )}
      <span className="meet-name">
        {source === 'camera' && !participant.isMicrophoneEnabled && (
          <>
            <Icon of={MicOff} size="s" />
            <span className="p-sr">{t('muted')}</span>
          </>
        )}
        <bdi>{label}</bdi>
        {participant.attributes.kind === 'guest' && <Badge tone="people">{shell('guest')}</Badge>}
        {participant.connectionQuality === ConnectionQuality.Poor && (
          <>
            <Icon of={WifiOff} size="s" />
            <span className="p-sr">{t('poor')}</span>
          </>
        )}
      </span>
    </li>
  );
}

/** The voice of somebody, apart from their picture: it must not stop when the tile is laid out anew. */
export function AudioOf({ participant }: { participant: Participant }) {
  const audio = useRef<HTMLAudioElement>(null);
  const track = participant.getTrackPublication(Track.Source.Microphone)?.audioTrack;
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
