'use client';
import { Dialog } from '@parvis/ui/Dialog';
import { Switch } from '@parvis/ui/Choice';
import { toast } from '@parvis/ui/Toast';
import { LocalAudioTrack, LocalVideoTrack, type Room, Track } from 'livekit-client';
import { useTranslations } from 'next-intl';
import { cameraOf, type Choice, microphoneOf } from '../devices/choice.ts';
import { DevicePickers } from '../devices/DevicePickers.tsx';
import { changeBackground, changeQuiet } from '../devices/with-effects.ts';
import { useTold } from './useTold.ts';

interface Props {
  room: Room;
  choice: Choice;
  change: (some: Partial<Choice>) => void;
  keysOn: boolean;
  onKeys: (on: boolean) => void;
  onClose: () => void;
}

/** Devices while the meeting goes on: each change is heard and seen at once. */
export function SettingsDialog({ room, choice, change, keysOn, onKeys, onClose }: Props) {
  const t = useTranslations('meetRoom');
  const told = useTold();
  const devices = useTranslations('meetDevices');
  const trackOf = (source: Track.Source) => room.localParticipant.getTrackPublication(source)?.track;
  const of = (source: Track.Source) => trackOf(source)?.mediaStreamTrack ?? null;
  function changed(some: Partial<Choice>) {
    change(some);
    const next = { ...choice, ...some };
    if (some.cameraId !== undefined) {
      room.options.videoCaptureDefaults = cameraOf(next);
      told(room.switchActiveDevice('videoinput', some.cameraId));
    }
    if (some.microphoneId !== undefined) {
      room.options.audioCaptureDefaults = microphoneOf(next);
      told(room.switchActiveDevice('audioinput', some.microphoneId));
    }
    const [camera, microphone] = [trackOf(Track.Source.Camera), trackOf(Track.Source.Microphone)];
    if (some.background !== undefined && camera instanceof LocalVideoTrack)
      changeBackground(camera, next).catch(() => toast(devices('backgroundFailed'), { tone: 'bad' }));
    if (some.quiet !== undefined && microphone instanceof LocalAudioTrack)
      told(changeQuiet(microphone, next));
    if (some.speakerId !== undefined) told(room.switchActiveDevice('audiooutput', some.speakerId));
  }
  return (
    <Dialog
      title={t('settings')}
      closeLabel={t('closePanel')}
      open
      onOpenChange={(open) => !open && onClose()}
    >
      <div className="meet-settings">
        <DevicePickers
          choice={choice}
          change={changed}
          microphone={of(Track.Source.Microphone)}
          camera={of(Track.Source.Camera)}
        />
        <Switch
          label={t('keysOn')}
          note={t('keysOnNote')}
          faceAtEnd
          checked={keysOn}
          onChange={(event) => onKeys(event.target.checked)}
        />
      </div>
    </Dialog>
  );
}
