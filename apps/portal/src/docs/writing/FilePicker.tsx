'use client';
import { call } from '@parvis/contract/call';
import { type Entry, listFolder } from '@parvis/contract/drive';
import type { Document } from '@parvis/contract/docs';
import { Dialog } from '@parvis/ui/Dialog';
import { Icon } from '@parvis/ui/Icon';
import { SkeletonLines } from '@parvis/ui/Skeleton';
import { ArrowLeft, File, Folder } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useProblem } from '../../problems/useProblem.ts';
import { blockOf } from '../attach/attachments.ts';
import { insertAtCursor } from '../attach/insert-files.ts';
import type { DocumentEditor } from '../editor/document-editor.ts';

interface Props {
  editor: DocumentEditor;
  document: Document;
  onClose: () => void;
}

/** Chooses a file that is in the document's space already; each reader sees of it what they may see in drive. */
export function FilePicker({ editor, document, onClose }: Props) {
  const t = useTranslations('docsWriting');
  const problem = useProblem();
  const root = document.spaceId ?? document.id;
  const [way, setWay] = useState<readonly string[]>([root]);
  const [entries, setEntries] = useState<readonly Entry[] | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const folder = way.at(-1) ?? root;
  useEffect(() => {
    let left = false;
    setEntries(null);
    call(listFolder, { id: folder }).then(
      (page) => {
        if (!left) setEntries(page.entries.filter(({ kind, file }) => kind === 'folder' || file !== null));
      },
      (error: unknown) => {
        if (!left) setWrong(problem(error));
      },
    );
    return () => {
      left = true;
    };
    // oxlint-disable-next-line react/exhaustive-deps -- the words for a refusal are no reason to ask again
  }, [folder]);
  function choose({ id, title, file, kind }: Entry) {
    if (kind === 'folder') setWay([...way, id]);
    else if (file !== null) {
      insertAtCursor(editor, blockOf({ id, title, mediaType: file.mediaType }));
      onClose();
    }
  }
  return (
    <Dialog
      title={t('fileOfSpace')}
      closeLabel={t('find.close')}
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      {way.length > 1 && (
        <button type="button" className="docs-pick" onClick={() => setWay(way.slice(0, -1))}>
          <Icon of={ArrowLeft} flip />
          {t('up')}
        </button>
      )}
      {wrong !== null && <p role="alert">{wrong}</p>}
      {entries === null && wrong === null && (
        <SkeletonLines label={t('fileOfSpace')} rows={4} faces={false} />
      )}
      {entries?.length === 0 && <p className="p-meta">{t('noFiles')}</p>}
      <ul>
        {entries?.map((entry) => (
          <li key={entry.id}>
            <button type="button" className="docs-pick" onClick={() => choose(entry)}>
              <Icon of={entry.kind === 'folder' ? Folder : File} />
              <bdi>{entry.title}</bdi>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
