'use client';
import './meet.css';
import { call } from '@parvis/contract/call';
import type { Space } from '@parvis/contract/directory';
import { getMeetStatus, joinMeeting, type Meeting } from '@parvis/contract/meet';
import { Button, LinkButton } from '@parvis/ui/Button';
import { EmptyState } from '@parvis/ui/EmptyState';
import { SpaceTile } from '@parvis/ui/SpaceTile';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useProblem } from '../problems/useProblem.ts';
import { type Choice, Lobby } from './Lobby.tsx';

const Stage = dynamic(() => import('./Stage.tsx').then((part) => part.Stage), { ssr: false });

export type ServerState = 'ready' | 'preparing' | 'off';
/** Milliseconds between two looks whether the media server is there. */
const lookMs = 4_000;

/** Why the stage was left: by oneself, because the meeting ended, or because it is no longer open to the person. */
export type Left = 'left' | 'ended' | 'removed' | 'lost';

type Step =
  | { at: 'lobby'; error?: string }
  | { at: 'joining' }
  | { at: 'stage'; url: string; token: string; choice: Choice }
  | { at: 'after'; why: Left };

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

/** A meeting: the door with camera and microphone, then the faces, then the way back in. */
export function MeetingView({ meeting, space, serverState }: Props) {
  const t = useTranslations('meet');
  const shell = useTranslations('shell');
  const problem = useProblem();
  const state = useServerState(serverState);
  const [step, setStep] = useState<Step>({
    at: meeting.endedAt === null ? 'lobby' : 'after',
    why: 'ended',
  } as Step);

  async function join(choice: Choice) {
    setStep({ at: 'joining' });
    try {
      const { path, token } = await call(joinMeeting, { id: meeting.id });
      const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
      setStep({ at: 'stage', url: `${scheme}://${location.host}${path}`, token, choice });
    } catch (error) {
      setStep({ at: 'lobby', error: problem(error) });
    }
  }

  if (step.at === 'stage') {
    return (
      <div className="p-sheet meet-sheet">
        <Stage
          meeting={meeting}
          url={step.url}
          token={step.token}
          choice={step.choice}
          onLeft={(why) => setStep({ at: 'after', why })}
        />
      </div>
    );
  }
  if (step.at === 'after') {
    const over = step.why === 'ended' || step.why === 'removed';
    return (
      <div className="p-sheet">
        <main className="p-main p-centre" id="main" tabIndex={-1}>
          <EmptyState
            title={t(`after.${step.why}`)}
            picture={<SpaceTile id={space?.id ?? meeting.id} size="xl" />}
            action={
              over ? (
                <LinkButton href={space === null || step.why === 'removed' ? '/' : `/space/${space.id}`}>
                  {shell(space === null || step.why === 'removed' ? 'home' : 'back')}
                </LinkButton>
              ) : (
                <Button kind="main" onClick={() => setStep({ at: 'lobby' })}>
                  {t('comeBack')}
                </Button>
              )
            }
          >
            {t(`afterHelp.${step.why}`)}
          </EmptyState>
        </main>
      </div>
    );
  }
  return (
    <Lobby
      meeting={meeting}
      space={space}
      serverState={state}
      joining={step.at === 'joining'}
      error={step.at === 'lobby' ? step.error : undefined}
      onJoin={(choice) => void join(choice)}
    />
  );
}
