'use client';
import { call } from '@parvis/contract/call';
import { visitDocument } from '@parvis/contract/doc-list';
import { readThing } from '@parvis/contract/notify';
import { useEffect } from 'react';

/**
 * Remembers, on all devices of this person, that a document was opened, and that what their inbox says of it is read;
 * null remembers nothing.
 */
export function useVisit(id: string | null): void {
  useEffect(() => {
    // Without the network it is opened all the same.
    if (id === null) return;
    call(visitDocument, { id }).catch(() => undefined);
    call(readThing, { id }).catch(() => undefined);
  }, [id]);
}
