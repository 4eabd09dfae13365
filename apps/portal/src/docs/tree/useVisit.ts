'use client';
import { call } from '@parvis/contract/call';
import { visitDocument } from '@parvis/contract/doc-list';
import { useEffect } from 'react';

/** Remembers, on all devices of this person, that a document was opened; null remembers nothing. */
export function useVisit(id: string | null): void {
  useEffect(() => {
    // Without the network it is opened all the same.
    if (id !== null) call(visitDocument, { id }).catch(() => undefined);
  }, [id]);
}
