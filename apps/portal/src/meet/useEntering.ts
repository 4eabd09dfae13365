'use client';
import { call } from '@parvis/contract/call';
import { joinMeeting } from '@parvis/contract/meet';
import { type Admission as AtTheDoor, getAdmission, knockMeeting } from '@parvis/contract/meet-lobby';
import type { Room } from 'livekit-client';
import { useCallback, useEffect, useState } from 'react';
import { useProblem } from '../problems/useProblem.ts';
import type { Choice } from './devices/choice.ts';
import type { Left } from './left.ts';
import type { Admission, Opened } from './room/stay.ts';
import { useLine } from './useLine.ts';
import { mine, type Visit } from './visit.ts';

/** Milliseconds between two questions at the door, should the line that says it not be there. */
const askMs = 15_000;

export type Step =
  | { at: 'door'; error?: string }
  | { at: 'joining' }
  | { at: 'waiting' }
  | { at: 'stage'; room: Room; admission: Admission; opened: Opened; start: Choice }
  | { at: 'after'; why: Left };

type Standing = Pick<AtTheDoor, 'state' | 'entry'>;

const loadRoom = () => import('./room/make-room.ts');
/** Fetches what the stage is made of while somebody still stands at the door. */
const warm = () => void Promise.all([loadRoom(), import('./room/Stage.tsx')]).catch(() => undefined);

/** Comes in as oneself: straight in, or by knocking where one has to wait. */
export async function comeIn(visit: Visit): Promise<Standing> {
  if (visit.pass !== undefined) return call(getAdmission, mine(visit));
  try {
    return { state: 'admitted', entry: await call(joinMeeting, { id: visit.id }) };
  } catch (error) {
    if ((error as { code?: string }).code !== 'must-knock') throw error;
    const standing = await call(getAdmission, mine(visit)).catch(() => null);
    return standing?.state === 'admitted' ? standing : call(knockMeeting, { code: visit.code });
  }
}

/** A way into the main room: back after a cut, or from a breakout room. @throws what the door answers, when it is closed */
export async function comeBack(visit: Visit): Promise<Admission> {
  const { wayOf } = await loadRoom();
  const { state, entry } = await comeIn(visit);
  if (entry !== null) return wayOf(entry);
  throw Object.assign(new Error(state), { code: state === 'ended' ? 'meeting-ended' : 'not-allowed' });
}

interface Asked {
  visit: Visit;
  choice: Choice;
  secret: string | null;
  opened: () => Opened;
  first: Step;
}

/** From the door to the stage, over waiting where one has to. */
export function useEntering({ visit, choice, secret, opened, first }: Asked) {
  const problem = useProblem();
  const [step, setStep] = useState<Step>(first);

  async function stand({ state, entry }: Standing, some?: Partial<Choice>) {
    if (state === 'waiting') return setStep({ at: 'waiting' });
    if (state === 'full') return setStep({ at: 'door', error: problem({ code: 'meeting-full' }) });
    if (state !== 'admitted' || entry === null)
      return setStep({ at: 'after', why: state === 'admitted' ? 'lost' : state });
    const { makeRoom, wayOf } = await loadRoom();
    const room = await makeRoom(choice, secret);
    setStep({ at: 'stage', room, admission: wayOf(entry), opened: opened(), start: { ...choice, ...some } });
  }
  /** Asks at the door. The picture and the sound of the door stay open and are taken along. */
  async function enter(ask: () => Promise<Standing>, some?: Partial<Choice>) {
    setStep({ at: 'joining' });
    try {
      await stand(await ask(), some);
    } catch (error) {
      const { code } = error as { code?: string };
      if (code === 'meeting-locked') setStep({ at: 'after', why: 'locked' });
      else if (code === 'meeting-ended') setStep({ at: 'after', why: 'ended' });
      else if (code === 'meeting-removed') setStep({ at: 'after', why: 'removed' });
      else setStep({ at: 'door', error: problem(error) });
    }
  }
  const waits = step.at === 'waiting';
  const look = () => {
    call(getAdmission, mine(visit)).then(
      (standing) => {
        if (standing.state !== 'waiting') void stand(standing);
      },
      () => undefined,
    );
  };
  useLine(waits ? visit.id : null, visit.pass, (hearing) => {
    if (hearing.t === 'admission' && hearing.state !== 'waiting') look();
  });
  useEffect(() => {
    if (!waits) return;
    const timer = setInterval(look, askMs);
    return () => clearInterval(timer);
    // oxlint-disable-next-line react/exhaustive-deps -- asks for the visit that waits
  }, [waits]);
  const again = useCallback(() => comeBack(visit), [visit]);
  return { step, setStep, enter, again, warm };
}
