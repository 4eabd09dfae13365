'use client';
import { useEffect, useState } from 'react';
import type { DocumentConnection } from './connection.ts';

export interface Present {
  readonly id: string;
  readonly name: string;
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
        const user = (state as { user?: { id?: unknown; name?: unknown } }).user;
        if (typeof user?.id !== 'string' || typeof user.name !== 'string' || user.id === myId) continue;
        found.set(user.id, { id: user.id, name: user.name });
      }
      setHere([...found.values()]);
    };
    awareness.on('change', look);
    look();
    return () => awareness.off('change', look);
  }, [connection, myId]);
  return here;
}
