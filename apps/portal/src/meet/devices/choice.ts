'use client';
import { useCallback, useEffect, useState } from 'react';

/** What lies behind a person in their picture. */
export const backgrounds = ['none', 'blur', 'strong', 'hall', 'garden', 'night'] as const;
export type Background = (typeof backgrounds)[number];

/** How somebody comes in and is seen and heard; the browser remembers it. */
export interface Choice {
  readonly camera: boolean;
  readonly microphone: boolean;
  /** Ids of devices; empty: whichever the browser prefers. */
  readonly cameraId: string;
  readonly microphoneId: string;
  readonly speakerId: string;
  readonly background: Background;
  /** Takes noise out of one's own sound, beyond what the browser does. */
  readonly quiet: boolean;
}

const key = 'parvis-meet';
const plain: Choice = {
  camera: true,
  microphone: true,
  cameraId: '',
  microphoneId: '',
  speakerId: '',
  background: 'none',
  quiet: false,
};

function remembered(): Choice {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Choice>;
    const known = { ...plain, ...kept };
    return backgrounds.includes(known.background) ? known : { ...known, background: 'none' };
  } catch {
    return plain;
  }
}

/**
 * The choice of last time, and the way to change it. `ready` once it is known: the server draws the page without it, and no
 * device is opened before.
 */
export function useChoice() {
  const [choice, setChoice] = useState(plain);
  const [ready, setReady] = useState(false);
  useEffect(() => {
    setChoice(remembered());
    setReady(true);
  }, []);
  const change = useCallback((some: Partial<Choice>) => {
    setChoice((now) => {
      const next = { ...now, ...some };
      try {
        localStorage.setItem(key, JSON.stringify(next));
      } catch {
        // A browser that keeps nothing asks again the next time.
      }
      return next;
    });
  }, []);
  return { choice, change, ready };
}

/** The camera that is meant, as the browser is asked for it. */
export function cameraOf({ cameraId }: Choice) {
  return { width: { ideal: 1280 }, height: { ideal: 720 }, ...(cameraId && { deviceId: cameraId }) };
}

/** The microphone that is meant. The browser's own noise filter rests where the stronger one works. */
export function microphoneOf({ microphoneId, quiet }: Choice) {
  return {
    echoCancellation: true,
    autoGainControl: true,
    noiseSuppression: !quiet,
    ...(microphoneId && { deviceId: microphoneId }),
  };
}
