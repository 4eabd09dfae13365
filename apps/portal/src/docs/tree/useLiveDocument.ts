'use client';
import { call } from '@parvis/contract/call';
import { type Document, getDocument } from '@parvis/contract/docs';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { useNotices } from './useNotices.ts';

/**
 * A document as it is now: its title and what the person may do with it change on this screen as soon as they change on
 * another. The rest of the page comes anew a moment later, as long as the document is still open to this person: who
 * may no longer see it is told by the connection of the text, which first sets aside what they had written.
 */
export function useLiveDocument(given: Document, link: string | undefined): Document {
  const router = useRouter();
  const [newer, setNewer] = useState<{ than: Document; document: Document } | null>(null);
  const now = newer?.than === given ? newer.document : given;
  useNotices([given.id], () => {
    call(getDocument, { id: given.id, link }).then(
      (document) => {
        setNewer({ than: given, document });
        // Whoever writes moves the date only. A page that is asked for while the network fails is loaded as a whole,
        // and takes the keys that are pressed meanwhile with it: only what changes the page is worth that.
        if (changesThePage(now, document)) router.refresh();
      },
      () => undefined,
    );
  });
  useEffect(() => {
    window.document.title = `${now.title} · Parvis`;
  }, [now.title]);
  return now;
}

function changesThePage(before: Document, now: Document): boolean {
  return before.title !== now.title || before.parentId !== now.parentId || before.role !== now.role;
}
