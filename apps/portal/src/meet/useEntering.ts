'use client';
import { call } from '@parvis/contract/call';
import { joinMeeting, type MeetingEntry } from '@parvis/contract/meet';
import { type Admission as AtTheDoor, getAdmission, knockMeeting } from '@parvis/contract/meet-lobby';
import type { Room } from 'livekit-client';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useProblem } from '../problems/useProblem.ts';
import type { Choice } from './devices/choice.ts';
import type { Left } from './left.ts';
import type { Stage } from './room/Stage.tsx';
import type { Admission, Opened } from './room/stay.ts';
import { useLine } from './useLine.ts';
import { mine, type Visit } from './visit.ts';

/** Milliseconds between two questions at the door, should the line that says it not be there. */
const askMs = 15_000;
/** Milliseconds in which what the door has answered may still be used: right, lock and a free place were looked at then. */
const freshMs = 5_000;
/** Milliseconds after which the button says that somebody is coming in: below, the stage is there first. */
const busyMs = 100;
/** Milliseconds for which the stage waits for the way into the room, at most. */
const drawMsMax = 300;

export type Step =
  | { at: 'door'; error?: string }
  | { at: 'joining' }
  | { at: 'waiting' }
  | {
      at: 'stage';
      /** Drawn as soon as it is here: what is drawn lazily is kept back by React for a moment, even when it has come. */
      Stage: typeof Stage;
      room: Room;
      /** The way into the room, which began before the stage was drawn. */
      entered: Promise<void>;
      opened: Opened;
      start: Choice;
    }
  | { at: 'after'; why: Left };

type Standing = Pick<AtTheDoor, 'state' | 'entry'>;

const loadRoom = () => import('./room/make-room.ts');
const loadAll = () => Promise.all([loadRoom(), import('./room/Stage.tsx')]);
/** Fetches what the stage is made of, and has the browser set up its media machinery, while somebody stands at the door. */
const warm = () =>
  void loadAll()
    .then(() => new RTCPeerConnection().close())
    .catch(() => undefined);

/**
 * Comes in as oneself: straight in, or by knocking where one has to wait.
 * @param ahead what the door was asked already; only a yes counts
 */
export async function comeIn(visit: Visit, ahead?: Promise<MeetingEntry | null>): Promise<Standing> {
  if (visit.pass !== undefined) return call(getAdmission, mine(visit));
  try {
    const entry = (await ahead) ?? (await call(joinMeeting, { id: visit.id }));
    return { state: 'admitted', entry };
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

/**
 * Asks the door when somebody is about to press, so that the answer is there when they do. Asks nothing of a meeting that
 * is over, for the first who comes in may begin it anew, and never knocks.
 */
export function useAhead({ id, meeting, pass }: Visit) {
  const asked = useRef<{ at: number; entry: Promise<MeetingEntry | null> } | null>(null);
  const fresh = () => asked.current !== null && performance.now() - asked.current.at < freshMs;
  return {
    near: () => {
      if (pass !== undefined || meeting === null || meeting.endedAt !== null || fresh()) return;
      asked.current = { at: performance.now(), entry: call(joinMeeting, { id }).catch(() => null) };
    },
    /** The answer, once: a second way in needs a second one. */
    take: () => {
      const entry = fresh() ? asked.current?.entry : undefined;
      asked.current = null;
      return entry;
    },
  };
}

interface Asked {
  visit: Visit;
  choice: Choice;
  secret: string | null;
  opened: () => Opened;
  first: Step;
}

/** The page of somebody who comes in: whether it was left, and one way in at a time, however often it is asked for. */
function usePage() {
  const page = useRef<{ left: boolean; entering: boolean; room: Room | null }>({
    left: false,
    entering: false,
    room: null,
  });
  useEffect(() => {
    const { current } = page;
    current.left = false;
    return () => {
      current.left = true;
      void current.room?.disconnect();
    };
  }, []);
  async function once(act: () => Promise<void>) {
    if (page.current.entering) return;
    page.current.entering = true;
    await act().finally(() => {
      page.current.entering = false;
    });
  }
  return { page, once };
}

/** Where somebody stands whom the door does not let in, or null when it may be tried again. */
function closedFor(error: unknown): Step | null {
  const { code } = error as { code?: string };
  if (code === 'meeting-locked') return { at: 'after', why: 'locked' };
  if (code === 'meeting-ended') return { at: 'after', why: 'ended' };
  return code === 'meeting-removed' ? { at: 'after', why: 'removed' } : null;
}

/** From the door to the stage, over waiting where one has to. */
export function useEntering({ visit, choice, secret, opened, first }: Asked) {
  const problem = useProblem();
  const [step, setStep] = useState<Step>(first);
  const { page, once } = usePage();
  async function stand({ state, entry }: Standing, some?: Partial<Choice>) {
    if (state === 'waiting') return setStep({ at: 'waiting' });
    if (state === 'full') return setStep({ at: 'door', error: problem({ code: 'meeting-full' }) });
    if (state !== 'admitted' || entry === null)
      return setStep({ at: 'after', why: state === 'admitted' ? 'lost' : state });
    const [{ makeRoom, wayOf }, { Stage }] = await loadAll();
    const room = await makeRoom(choice, secret);
    if (page.current.left) return;
    page.current.room = room;
    const { url, token } = wayOf(entry);
    const entered = room.connect(url, token);
    // Drawing the stage takes the processor from the first words with the media server: it comes after them. Where a key
    // may be wrong the stage listens from the beginning. What fails is heard there, and one comes back as after a cut.
    const answered = entered.catch(() => undefined);
    if (secret === null)
      await Promise.race([answered, new Promise((resolve) => setTimeout(resolve, drawMsMax))]);
    if (page.current.left) return;
    setStep({ at: 'stage', Stage, room, entered, opened: opened(), start: { ...choice, ...some } });
  }
  /** Asks at the door. The picture and the sound of the door stay open and are taken along. */
  async function enter(ask: () => Promise<Standing>, some?: Partial<Choice>) {
    const busy = setTimeout(() => setStep({ at: 'joining' }), busyMs);
    try {
      await stand(await ask(), some);
    } catch (error) {
      setStep(closedFor(error) ?? { at: 'door', error: problem(error) });
    } finally {
      clearTimeout(busy);
    }
  }
  const waits = step.at === 'waiting';
  const look = () =>
    void once(async () => {
      const standing = await call(getAdmission, mine(visit));
      if (standing.state !== 'waiting') await stand(standing);
    }).catch(() => undefined);
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
  return {
    step,
    setStep,
    enter: (...asked: Parameters<typeof enter>) => void once(() => enter(...asked)),
    again,
    warm,
  };
}
