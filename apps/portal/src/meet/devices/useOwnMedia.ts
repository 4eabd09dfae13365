'use client';
import { useEffect, useState } from 'react';
import { cameraOf, type Choice, microphoneOf } from './choice.ts';

/** Why there is no picture or sound: it was not allowed, there is no such device, or another program holds it. */
export type NoDevice = 'refused' | 'missing' | 'taken';

export interface Own {
  readonly track: MediaStreamTrack | null;
  readonly problem: NoDevice | null;
}

export function whyNot(error: unknown): NoDevice {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'missing';
  return name === 'NotReadableError' || name === 'AbortError' ? 'taken' : 'refused';
}

type Ask = { video: MediaTrackConstraints } | { audio: MediaTrackConstraints };

/** Opens a device; one that is no longer there is replaced by whichever there is. */
async function open(ask: Ask): Promise<MediaStreamTrack> {
  const media = navigator.mediaDevices;
  if (!media) throw new DOMException('no devices without a secure address', 'NotAllowedError');
  const stream = await media.getUserMedia(ask).catch((error: unknown) => {
    if (whyNot(error) !== 'missing') throw error;
    const bare = 'video' in ask ? { video: true } : { audio: true };
    return media.getUserMedia(bare);
  });
  const [track] = stream.getTracks();
  if (track === undefined) throw new DOMException('nothing came', 'NotFoundError');
  return track;
}

function useTrack(wanted: boolean, key: string, ask: () => Ask): Own {
  const [own, setOwn] = useState<Own>({ track: null, problem: null });
  useEffect(() => {
    if (!wanted) return;
    let left = false;
    let mine: MediaStreamTrack | undefined;
    open(ask()).then(
      (track) => {
        if (left) return track.stop();
        mine = track;
        setOwn({ track, problem: null });
      },
      (error: unknown) => {
        if (!left) setOwn({ track: null, problem: whyNot(error) });
      },
    );
    return () => {
      left = true;
      mine?.stop();
      setOwn({ track: null, problem: null });
    };
    // oxlint-disable-next-line react/exhaustive-deps -- `ask` is made of what `key` names
  }, [wanted, key]);
  return own;
}

/** One's own camera and microphone as chosen, given back when they are no longer wanted. */
export function useOwnMedia(choice: Choice, wanted: boolean): { camera: Own; microphone: Own } {
  const camera = useTrack(wanted && choice.camera, choice.cameraId, () => ({ video: cameraOf(choice) }));
  const microphone = useTrack(wanted && choice.microphone, `${choice.microphoneId}/${choice.quiet}`, () => ({
    audio: microphoneOf(choice),
  }));
  return { camera, microphone };
}
