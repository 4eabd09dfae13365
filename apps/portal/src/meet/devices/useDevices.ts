'use client';
import { useEffect, useState } from 'react';

export interface Devices {
  readonly cameras: readonly MediaDeviceInfo[];
  readonly microphones: readonly MediaDeviceInfo[];
  readonly speakers: readonly MediaDeviceInfo[];
}

const none: Devices = { cameras: [], microphones: [], speakers: [] };

/**
 * The devices of this machine as they come and go.
 * @param asked changes when the person has allowed devices: only then do they have names
 */
export function useDevices(asked: unknown): Devices {
  const [devices, setDevices] = useState(none);
  useEffect(() => {
    const media = navigator.mediaDevices;
    if (!media) return;
    let left = false;
    const look = () =>
      void media.enumerateDevices().then(
        (all) => {
          const of = (kind: MediaDeviceKind) =>
            all.filter((one) => one.kind === kind && one.deviceId !== '' && one.label !== '');
          if (!left)
            setDevices({
              cameras: of('videoinput'),
              microphones: of('audioinput'),
              speakers: of('audiooutput'),
            });
        },
        () => undefined,
      );
    look();
    media.addEventListener('devicechange', look);
    return () => {
      left = true;
      media.removeEventListener('devicechange', look);
    };
  }, [asked]);
  return devices;
}
