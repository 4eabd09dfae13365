'use client';
import { useEffect, useState } from 'react';

/** Milliseconds between two looks at a sound. */
const lookMs = 100;
/** How loud quiet speech is: the square root lifts it, this brings a clear voice near the end of the bar. */
const gain = 3.2;

/** How loud a sound is now, from 0 to 1; 0 without one. */
export function useLevel(track: MediaStreamTrack | null): number {
  const [level, setLevel] = useState(0);
  useEffect(() => {
    if (track === null || track.readyState === 'ended') return;
    const context = new AudioContext();
    const source = context.createMediaStreamSource(new MediaStream([track]));
    const analyser = new AnalyserNode(context, { fftSize: 1024 });
    source.connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, one) => sum + one * one, 0) / samples.length;
      setLevel(Math.min(1, Math.sqrt(Math.sqrt(power)) * gain * 0.5));
    }, lookMs);
    return () => {
      clearInterval(timer);
      setLevel(0);
      void context.close().catch(() => undefined);
    };
  }, [track]);
  return level;
}
