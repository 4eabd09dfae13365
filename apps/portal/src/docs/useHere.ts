'use client';
import { useEffect, useState } from 'react';
import type { DocumentConnection } from './connection.ts';

export interface Present {
  readonly id: string;
  readonly name: string;
  readonly guest: boolean;
}

/** The other people who have this document open now, each once however many windows they have. */
export function useHere(connection: DocumentConnection | null, myId: string): readonly Present[] {
  const [here, setHere] = useState<readonly Present[]>([]);
  useEffect(() => {
    if (connection === null) return;
    const { awareness } = connection;
    const look = () => {
      const found = new Map<string, Present>();
      for (const state of awareness.getStates().values()) {
        const user = (state as { user?: { id?: unknown; name?: unknown; guest?: unknown } }).user;
        if (typeof user?.id !== 'string' || typeof user.name !== 'string' || user.id === myId) continue;
        found.set(user.id, { id: user.id, name: user.name, guest: user.guest === true });
      }
      // A caret that moves is no news here.
      setHere((before) => {
        const now = [...found.values()];
        const same =
          now.length === before.length &&
          now.every(({ id, name }, at) => before[at]?.id === id && before[at].name === name);
        return same ? before : now;
      });
    };
    awareness.on('change', look);
    look();
    return () => awareness.off('change', look);
  }, [connection, myId]);
  return here;
}
