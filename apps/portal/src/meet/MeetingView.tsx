'use client';
import './meet.css';
import { call } from '@parvis/contract/call';
import type { Space } from '@parvis/contract/directory';
import { getMeetStatus, type Meeting } from '@parvis/contract/meet';
import { useNow } from 'next-intl';
import { useEffect, useMemo, useState } from 'react';
import { ShareButton } from '../sharing/ShareButton.tsx';
import { useFrame } from '../shell/AppFrame.tsx';
import { Attending } from './Attending.tsx';
import { isOver } from './over.ts';
import type { Visit } from './visit.ts';

export type ServerState = 'ready' | 'preparing' | 'off';
/** Milliseconds between two looks whether the media server is there. */
const lookMs = 4_000;

interface Props {
  meeting: Meeting;
  space: Space | null;
  serverState: ServerState;
}

function useServerState(first: ServerState): ServerState {
  const [state, setState] = useState(first);
  useEffect(() => {
    if (state === 'ready') return;
    const timer = setInterval(() => {
      call(getMeetStatus, {}).then(
        (answer) => setState(answer.state),
        () => undefined,
      );
    }, lookMs);
    return () => clearInterval(timer);
  }, [state]);
  return state;
}

/** A meeting of the house: the door with camera and microphone, then the faces, then the way back in. */
export function MeetingView({ meeting, space, serverState }: Props) {
  const { person } = useFrame();
  const now = useNow();
  const state = useServerState(serverState);
  const visit = useMemo<Visit>(
    () => ({
      id: meeting.id,
      title: meeting.title,
      encrypted: meeting.encrypted,
      code: meeting.code,
      meeting,
    }),
    [meeting],
  );
  return (
    <Attending
      visit={visit}
      me={person}
      serverState={state}
      ended={isOver(meeting, now)}
      back={space === null ? null : `/space/${space.id}`}
      acts={<ShareButton resource={meeting} />}
    />
  );
}
