'use client';
import { call } from '@parvis/contract/call';
import { type Document, getDocument } from '@parvis/contract/docs';
import { useState } from 'react';
import { useFresh, useNotices } from './useNotices.ts';

/**
 * A document as it is now: its title and what the person may do with it change on this screen as soon as they change on
 * another. The rest of the page comes anew a moment later.
 */
export function useLiveDocument(given: Document, link: string | undefined): Document {
  const [newer, setNewer] = useState<{ than: Document; document: Document } | null>(null);
  useNotices([given.id], () => {
    call(getDocument, { id: given.id, link }).then(
      (document) => setNewer({ than: given, document }),
      // Who may no longer see it is told by the connection of the text.
      () => undefined,
    );
  });
  useFresh([given.id]);
  return newer?.than === given ? newer.document : given;
}
