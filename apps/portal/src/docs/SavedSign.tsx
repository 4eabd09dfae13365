'use client';
import { Icon } from '@parvis/ui/Icon';
import { Cloud, CloudAlert, CloudOff, CloudUpload } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import type { DocumentConnection } from './connection.ts';
import type { DocumentStatus } from './document-status.ts';
import { useStatus } from './useConnection.ts';

/** Milliseconds that everything must have been saved before the sign says so after "saving": it does not flicker. */
const calmMs = 700;

type Truth = 'saved' | 'saving' | 'waiting' | 'refused';

function truthOf({ unsaved, link, refused }: DocumentStatus): Truth {
  if (unsaved === 0) return 'saved';
  if (link !== 'open') return 'waiting';
  return refused === null ? 'saving' : 'refused';
}

const icons = { saved: Cloud, saving: CloudUpload, waiting: CloudOff, refused: CloudAlert };

/** Says "saved" only when all that was written here is on the server's disk. */
export function SavedSign({ connection }: { connection: DocumentConnection | null }) {
  const t = useTranslations('docs');
  const status = useStatus(connection);
  const truth = truthOf(status);
  const [shown, setShown] = useState<Truth>(truth);
  // Worse news at once, and better news when it lasts.
  if (truth !== shown && !(truth === 'saved' && shown === 'saving')) setShown(truth);
  useEffect(() => {
    if (truth !== 'saved' || shown === 'saved') return;
    const timer = setTimeout(() => setShown('saved'), calmMs);
    return () => clearTimeout(timer);
  }, [truth, shown]);
  if (!status.synced) return null;
  const count = Math.max(1, status.unsaved);
  const words = t(shown, { count });
  return (
    <span className="p-meta docs-saved" data-truth={shown}>
      <Icon of={icons[shown]} size="s" />
      {/* What comes and goes with every word typed is not read aloud; that it waits, or was refused, is. */}
      <span role="status" aria-live={shown === 'saving' ? 'off' : 'polite'}>
        {words}
      </span>
    </span>
  );
}
