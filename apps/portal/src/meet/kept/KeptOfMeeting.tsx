'use client';
import './kept.css';
import type { Meeting } from '@parvis/contract/meet';
import type { TranscriptLine } from '@parvis/contract/meet-transcript';
import { useCallback, useEffect, useRef } from 'react';
import { MinutesPart } from './MinutesPart.tsx';
import { RecordingPart, type RecordingSound } from './RecordingPart.tsx';
import { TranscriptPart } from './TranscriptPart.tsx';
import { useKept } from './useKept.ts';

/** What is left of a meeting: its minutes, its recordings, and what was said in it. Nothing when there is nothing. */
export function KeptOfMeeting({ meeting }: { meeting: Meeting }) {
  const { kept, look } = useKept(meeting);
  const sound = useRef<RecordingSound>(null);
  const lines = kept?.transcript.lines ?? noLines;
  useEffect(() => {
    // The way here may name a line that has only now arrived.
    const { hash } = window.location;
    if (lines.length > 0 && hash.startsWith('#line-'))
      document.getElementById(hash.slice(1))?.scrollIntoView();
  }, [lines]);
  const play = useCallback((line: TranscriptLine) => sound.current?.play(line.startedAt), []);
  if (kept === null) return null;
  const { recordings, transcript, minutes } = kept;
  const seen = recordings.some(({ tracks }) => tracks.some(({ picture }) => picture !== null));
  const first = lines[0]?.startedAt ?? null;
  return (
    <>
      {lines.length > 0 && (
        <MinutesPart meeting={meeting} minutes={minutes} lines={lines} first={first} onChange={look} />
      )}
      <div className={seen && lines.length > 0 ? 'kept-beside' : undefined}>
        {recordings.length > 0 && (
          <RecordingPart meeting={meeting} recordings={recordings} sound={sound} onChange={look} />
        )}
        {lines.length > 0 && (
          <TranscriptPart
            meeting={meeting}
            transcript={transcript}
            plays={recordings.some(({ tracks }) => tracks.length > 0)}
            onPlay={play}
            onChange={look}
          />
        )}
      </div>
    </>
  );
}

const noLines: readonly TranscriptLine[] = [];
