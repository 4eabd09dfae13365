'use client';
import { Button } from '@parvis/ui/Button';
import { Switch } from '@parvis/ui/Choice';
import { Icon } from '@parvis/ui/Icon';
import { Level } from '@parvis/ui/Progress';
import { Select } from '@parvis/ui/Select';
import { Camera, Mic, Volume2, WandSparkles } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { backgrounds, type Choice } from './choice.ts';
import { playTest } from './speaker-test.ts';
import { useDevices } from './useDevices.ts';
import { useLevel } from './useLevel.ts';

interface Props {
  choice: Choice;
  change: (some: Partial<Choice>) => void;
  /** One's own sound, to show how loud it is. */
  microphone: MediaStreamTrack | null;
  camera: MediaStreamTrack | null;
  children?: ReactNode;
}

/** Which microphone, loudspeaker and camera; how loud one is, and a sound to hear whether one hears. */
export function DevicePickers({ choice, change, microphone, camera, children }: Props) {
  const t = useTranslations('meetDevices');
  const devices = useDevices(`${microphone?.id}/${camera?.id}`);
  const options = (list: readonly MediaDeviceInfo[]) =>
    list.length === 0
      ? [{ id: 'default', label: t('preferred') }]
      : list.map((one) => ({ id: one.deviceId, label: one.label }));
  const chosen = (list: readonly MediaDeviceInfo[], id: string, now?: string) =>
    (list.find((one) => one.deviceId === id) ?? list.find((one) => one.deviceId === now) ?? list[0])
      ?.deviceId ?? 'default';
  return (
    <div className="meet-pickers">
      <Select
        label={t('microphone')}
        labelHidden
        icon={<Icon of={Mic} size="s" />}
        options={options(devices.microphones)}
        value={chosen(devices.microphones, choice.microphoneId, microphone?.getSettings().deviceId)}
        onChange={(id) => change({ microphoneId: id })}
      />
      <Select
        label={t('speaker')}
        labelHidden
        icon={<Icon of={Volume2} size="s" />}
        options={options(devices.speakers)}
        value={chosen(devices.speakers, choice.speakerId)}
        onChange={(id) => change({ speakerId: id })}
      />
      <Select
        label={t('camera')}
        labelHidden
        icon={<Icon of={Camera} size="s" />}
        options={options(devices.cameras)}
        value={chosen(devices.cameras, choice.cameraId, camera?.getSettings().deviceId)}
        onChange={(id) => change({ cameraId: id })}
      />
      <Select
        label={t('background')}
        labelHidden
        icon={<Icon of={WandSparkles} size="s" />}
        options={backgrounds.map((id) => ({ id, label: t(`backgrounds.${id}`) }))}
        value={choice.background}
        onChange={(id) => change({ background: backgrounds.find((one) => one === id) ?? 'none' })}
      />
      <Switch
        label={t('quiet')}
        checked={choice.quiet}
        onChange={(event) => change({ quiet: event.target.checked })}
      />
      <Loudness microphone={microphone} />
      <SpeakerTest speakerId={choice.speakerId} />
      {children}
    </div>
  );
}

/** Below this nobody would hear anything. */
const heardMin = 0.12;

/** The level that moves with one's voice, and what it means. */
function Loudness({ microphone }: { microphone: MediaStreamTrack | null }) {
  const t = useTranslations('meetDevices');
  const level = useLevel(microphone);
  const words = microphone === null ? 'noSound' : level > heardMin ? 'heard' : 'speak';
  return (
    <span className="meet-loudness">
      <Level value={level} label={t('level')} />
      <span className="p-meta">{t(words)}</span>
    </span>
  );
}

function SpeakerTest({ speakerId }: { speakerId: string }) {
  const t = useTranslations('meetDevices');
  const [state, setState] = useState<'rest' | 'plays' | 'failed'>('rest');
  function play() {
    setState('plays');
    playTest(speakerId === 'default' ? '' : speakerId).then(
      () => setState('rest'),
      () => setState('failed'),
    );
  }
  return (
    <span className="meet-speaker-test">
      <Button kind="quiet" size="small" busy={state === 'plays'} onClick={play}>
        {t('testSpeaker')}
      </Button>
      {state === 'failed' && (
        <span className="p-meta" role="status">
          {t('testFailed')}
        </span>
      )}
    </span>
  );
}
