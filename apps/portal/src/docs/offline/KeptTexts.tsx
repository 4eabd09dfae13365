'use client';
import './offline.css';
import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';
import type { KeptText } from '../local/database.ts';
import { keptTexts } from '../local/kept.ts';

// Few ever have one, and its dialogs weigh more than all that most pages bring.
const Kept = dynamic(() => import('./Kept.tsx').then((part) => part.Kept), { ssr: false });

interface Props {
  documentId: string;
  personId: string;
  /** Whether the document has been looked for in this browser: that is when an older text is set aside. */
  open: boolean;
}

/** What this person wrote in the document and could not be merged: nothing of it leaves without their word. */
export function KeptTexts({ documentId, personId, open }: Props) {
  const [kept, setKept] = useState<readonly KeptText[]>([]);
  useEffect(() => {
    if (!open) return;
    let gone = false;
    keptTexts(personId, documentId).then(
      (found) => !gone && setKept(found),
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [documentId, personId, open]);
  return kept.map((one) => (
    <Kept key={one.id} kept={one} onGone={() => setKept((all) => all.filter(({ id }) => id !== one.id))} />
  ));
}
