'use client';
import { Icon } from '@parvis/ui/Icon';
import { Cloud, CloudAlert, CloudOff, CloudUpload } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { DocumentConnection } from './connection.ts';
import { useSaved } from './useSaved.ts';

const icons = { saved: Cloud, saving: CloudUpload, waiting: CloudOff, refused: CloudAlert };

/** Says "saved" only when all that was written here is on the server's disk. */
export function SavedSign({ connection }: { connection: DocumentConnection | null }) {
  const t = useTranslations('docs');
  const said = useSaved(connection);
  if (said === null) return null;
  const { truth, count } = said;
  const words = t(truth, { count });
  return (
    <span className="p-meta docs-saved" data-truth={truth}>
      <Icon of={icons[truth]} size="s" />
      {/* What comes and goes with every word typed is not read aloud; that it waits, or was refused, is. */}
      <span role="status" aria-live={truth === 'saving' ? 'off' : 'polite'}>
        {words}
      </span>
    </span>
  );
}
