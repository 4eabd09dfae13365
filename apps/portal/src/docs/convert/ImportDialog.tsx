'use client';
import './convert.css';
import { LinkButton } from '@parvis/ui/Button';
import { Dialog } from '@parvis/ui/Dialog';
import { DropZone, FileButton } from '@parvis/ui/DropZone';
import { Icon } from '@parvis/ui/Icon';
import { FileUp } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { sendFile } from './conversion.ts';
import { Outcome } from './Outcome.tsx';
import { useConversion } from './useConversion.ts';

const accepted = '.docx,.docm,.odt,.md,.markdown,.txt,.html,.htm';

/** A file becomes a document below a space or a folder. What could not be kept is said before it is opened. */
export function ImportDialog({ parentId, close }: { parentId: string; close: () => void }) {
  const t = useTranslations('docsConvert');
  const shell = useTranslations('shell');
  const router = useRouter();
  const { now, error, busy, run } = useConversion();
  const take = async ([file]: File[]) => {
    if (file === undefined) return;
    const done = await run(() => sendFile(parentId, file));
    if (done?.state !== 'done' || done.documentId === null) return;
    router.refresh();
    if (Object.keys(done.lost).length > 0) return;
    router.push(`/docs/${done.documentId}`);
    close();
  };
  const made = now?.state === 'done' ? now.documentId : null;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={t('importTitle')}
      closeLabel={shell('close')}
      actions={
        made === null ? undefined : (
          <LinkButton kind="main" href={`/docs/${made}`}>
            {t('open')}
          </LinkButton>
        )
      }
    >
      <DropZone
        className="convert-drop"
        onFiles={(files) => void take(files)}
        words={t('dropHere')}
        disabled={busy}
      >
        <p>{t('importHelp')}</p>
        <FileButton
          multiple={false}
          accept={accepted}
          disabled={busy}
          onFiles={(files) => void take(files)}
          icon={<Icon of={FileUp} size="s" />}
        >
          {t('chooseFile')}
        </FileButton>
      </DropZone>
      <Outcome now={now} error={error} busy={busy} />
    </Dialog>
  );
}
