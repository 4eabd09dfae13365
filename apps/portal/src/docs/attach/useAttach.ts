'use client';
import { toast } from '@parvis/ui/Toast';
import { useTranslations } from 'next-intl';
import { useMemo, useRef } from 'react';
import { useProblem } from '../../problems/useProblem.ts';
import type { DocumentEditor } from '../editor/document-editor.ts';
import { addressOf, attach, NotAnImage } from './attachments.ts';
import { markSending } from './sending-marks.ts';

/** How the editor puts files below the document and finds their bytes; `made` is to be told of it once it is made. */
export function useAttach(documentId: string, link: string | undefined) {
  const made = useRef<DocumentEditor | null>(null);
  const problem = useProblem();
  const t = useTranslations('docsWriting');
  const now = useRef({ t, problem });
  now.current = { t, problem };
  return useMemo(() => {
    /**
     * The block of a file that was refused goes, unless somebody has put another file into it meanwhile. The line that
     * the cursor stands in is a line again: whoever goes on writing does so where they were.
     */
    const removeEmpty = (blockId: string) => {
      const editor = made.current;
      const block = editor?.getBlock(blockId);
      const url = (block?.props as { url?: string } | undefined)?.url;
      if (editor === null || block === undefined || url !== '') return;
      if (editor.getTextCursorPosition().block.id !== blockId) return void editor.removeBlocks([blockId]);
      editor.updateBlock(blockId, { type: 'paragraph', props: {} });
      editor.setTextCursorPosition(blockId, 'start');
    };
    return {
      made,
      resolveFileUrl: (url: string) => Promise.resolve(addressOf(url, link)),
      uploadFile: async (file: File, blockId?: string) => {
        const mark = (share: number | null) => {
          const shown = made.current;
          if (blockId !== undefined && shown !== null) markSending(shown, blockId, share);
        };
        try {
          mark(0);
          return await attach(file, documentId, mark);
        } catch (error) {
          const { t, problem: sayProblem } = now.current;
          toast(error instanceof NotAnImage ? t('notAnImage', { name: file.name }) : sayProblem(error), {
            tone: 'bad',
          });
          // The editor still writes its answer into the block; after that the block can go.
          if (blockId !== undefined) setTimeout(removeEmpty, 0, blockId);
          return { props: { name: file.name } };
        } finally {
          mark(null);
        }
      },
    };
  }, [documentId, link]);
}
