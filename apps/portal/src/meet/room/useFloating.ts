'use client';
import type { RoomNotice } from '@parvis/contract/meet-room';
import { useCallback, useRef, useState } from 'react';

/** Milliseconds that a reaction floats, and how many at once. */
const floatMs = 4_000;
const floatingMax = 24;

export interface Floating {
  readonly id: number;
  readonly sign: string;
  readonly name: string;
  /** Where it rises, from 0 to 1 of the width. */
  readonly at: number;
}

/** The reactions that rise now. */
export function useFloating() {
  const [floating, setFloating] = useState<readonly Floating[]>([]);
  const last = useRef(0);
  const rise = useCallback(({ reaction, name }: Extract<RoomNotice, { t: 'reaction' }>) => {
    last.current += 1;
    const id = last.current;
    setFloating((now) => [...now.slice(1 - floatingMax), { id, sign: reaction, name, at: (id * 0.37) % 1 }]);
    setTimeout(() => setFloating((now) => now.filter((one) => one.id !== id)), floatMs);
  }, []);
  return { floating, rise };
}
