'use client';
import { call } from '@parvis/contract/call';
import type { Meeting } from '@parvis/contract/meet';
import { getMinutes, type Minutes } from '@parvis/contract/meet-minutes';
import { listRecordings, type Recording } from '@parvis/contract/meet-record';
import { getTranscript, type Transcript, type TranscriptLine } from '@parvis/contract/meet-transcript';
import { useCallback, useEffect, useState } from 'react';

/** Milliseconds between two looks while something is being made, in case its page is not told. */
const lookMs = 15_000;

/** What is left of a meeting. */
export interface Kept {
  readonly recordings: readonly Recording[];
  readonly transcript: Transcript;
  readonly minutes: Minutes;
}

async function wholeTranscript(id: string): Promise<Transcript> {
  let page = await call(getTranscript, { id });
  const lines: TranscriptLine[] = [...page.lines];
  while (page.next !== null) {
    page = await call(getTranscript, { id, after: page.next });
    lines.push(...page.lines);
  }
  return { ...page, lines };
}

async function fetched(id: string): Promise<Kept> {
  const [{ recordings }, transcript, minutes] = await Promise.all([
    call(listRecordings, { id }),
    wholeTranscript(id),
    call(getMinutes, { id }),
  ]);
  return { recordings, transcript, minutes };
}

const isMoving = ({ recordings, minutes }: Kept) =>
  minutes.state === 'making' || recordings.some(({ state }) => state !== 'saved' && state !== 'failed');

/** All that was kept of a meeting, looked at again while something of it is being made; null until it is known. */
export function useKept(meeting: Meeting) {
  const { id } = meeting;
  const [kept, setKept] = useState<Kept | null>(null);
  const look = useCallback(async () => setKept(await fetched(id)), [id]);
  useEffect(() => {
    const act = () => void look().catch(() => undefined);
    act();
    // Another screen has changed it, or it was made while one looked elsewhere.
    window.addEventListener('focus', act);
    return () => window.removeEventListener('focus', act);
    // The page brings a new meeting whenever something of it has changed.
  }, [look, meeting]);
  const moving = kept !== null && isMoving(kept);
  useEffect(() => {
    if (!moving) return;
    const timer = setInterval(() => void look().catch(() => undefined), lookMs);
    return () => clearInterval(timer);
  }, [moving, look]);
  return { kept, look };
}
