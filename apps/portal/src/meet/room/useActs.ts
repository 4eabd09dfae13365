'use client';
import { call } from '@parvis/contract/call';
import { lowerHand, raiseHand, type RoomState, sendReaction } from '@parvis/contract/meet-room';
import { toast } from '@parvis/ui/Toast';
import type { Room } from 'livekit-client';
import { useTranslations } from 'next-intl';
import { useProblem } from '../../problems/useProblem.ts';
import type { Choice } from '../devices/choice.ts';
import { cameraWith, turnMicrophone } from '../devices/with-effects.ts';
import { mine, type Visit } from '../visit.ts';
import { personIdOf } from './participants.ts';

export type Reaction = Parameters<typeof call<typeof sendReaction>>[1]['reaction'];

/** What a person does for themselves in a room. Whatever fails is said in passing. */
export function useActs(room: Room, visit: Visit, state: RoomState, choice: Choice) {
  const t = useTranslations('meetRoom');
  const problem = useProblem();
  const me = room.localParticipant;
  const device = (act: Promise<unknown>) =>
    void act.catch((error: unknown) => {
      // Leaving the browser's own question without choosing a screen is no failure.
      if (error instanceof DOMException && error.name === 'NotAllowedError' && screenAsked) return;
      toast(t('deviceRefused'), { tone: 'bad' });
    });
  let screenAsked = false;
  const ask = (act: Promise<unknown>) => void act.catch((error) => toast(problem(error), { tone: 'bad' }));
  const myHand = state.hands.some(({ who }) => who === personIdOf(me));
  return {
    myHand,
    microphone: (on = !me.isMicrophoneEnabled) => device(turnMicrophone(room, choice, on)),
    camera: (on = !me.isCameraEnabled) =>
      device(cameraWith(choice).then((how) => me.setCameraEnabled(on, how))),
    screen: () => {
      screenAsked = true;
      // With the sound of the tab or of the system, where the browser has it; sharp letters before smooth motion.
      device(
        me.setScreenShareEnabled(!me.isScreenShareEnabled, {
          audio: true,
          contentHint: 'detail',
          selfBrowserSurface: 'exclude',
        }),
      );
    },
    hand: () => ask(call(myHand ? lowerHand : raiseHand, mine(visit))),
    react: (reaction: Reaction) => ask(call(sendReaction, { ...mine(visit), reaction })),
  };
}
