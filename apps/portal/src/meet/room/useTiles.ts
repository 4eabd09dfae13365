'use client';
import { type Participant, Track } from 'livekit-client';
import { useRef } from 'react';
import { kindOf } from './participants.ts';
import { arrange } from './layout.ts';

/** A picture on the stage: somebody's face, or a screen that they show. */
export interface Piece {
  readonly key: string;
  readonly participant: Participant;
  readonly source: 'camera' | 'screen';
}

export const faceKey = (participant: Participant) => participant.identity;
export const screenKey = (participant: Participant) => `${participant.identity}/screen`;

/** What there is to see, in an order that stays: screens first, then people as {@link arrange} lets them stand. */
export function useTiles(people: readonly Participant[], first: number) {
  const order = useRef<readonly string[]>([]);
  const seen = people.filter((one) => kindOf(one) !== 'bot');
  const byKey = new Map(seen.map((one) => [faceKey(one), one]));
  const heard = new Map(
    seen.flatMap((one) => {
      const at = one.isSpeaking ? Number.MAX_SAFE_INTEGER : (one.lastSpokeAt?.getTime() ?? 0);
      return at > 0 ? [[faceKey(one), at] as const] : [];
    }),
  );
  order.current = arrange(order.current, [...byKey.keys()], heard, first);
  const screens = seen
    .filter((one) => one.getTrackPublication(Track.Source.ScreenShare)?.videoTrack !== undefined)
    .map((one): Piece => ({ key: screenKey(one), participant: one, source: 'screen' }));
  const faces = order.current.flatMap((key): Piece[] => {
    const participant = byKey.get(key);
    return participant ? [{ key, participant, source: 'camera' }] : [];
  });
  return { screens, faces, heard };
}

/** Whom the large place shows: who is pinned, else the newest screen, else who spoke last (never oneself, if others are there). */
export function mainOf(
  pinned: string | null,
  { screens, faces, heard }: ReturnType<typeof useTiles>,
): Piece | undefined {
  const chosen = [...screens, ...faces].find((one) => one.key === pinned);
  if (chosen) return chosen;
  const others = faces.filter((one) => !one.participant.isLocal);
  const loudest = others.toSorted((a, b) => (heard.get(b.key) ?? 0) - (heard.get(a.key) ?? 0))[0];
  return screens.findLast((one) => !one.participant.isLocal) ?? screens.at(-1) ?? loudest ?? faces[0];
}
