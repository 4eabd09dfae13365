'use client';
import './writing.css';
import type { Document } from '@parvis/contract/docs';
import { Banner } from '@parvis/ui/Banner';
import { Button } from '@parvis/ui/Button';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import type { DocumentEditor } from '../editor/document-editor.ts';
import { voiceId } from './announce.ts';
import { Toolbar } from './Toolbar.tsx';
import type { Tool } from './tool.ts';
import type { Writing } from './useWriting.ts';

const FindBar = dynamic(() => import('./FindBar.tsx').then((part) => part.FindBar), { ssr: false });
const LinkBar = dynamic(() => import('./LinkBar.tsx').then((part) => part.LinkBar), { ssr: false });
const Presenter = dynamic(() => import('./Presenter.tsx').then((part) => part.Presenter), { ssr: false });
const KeyboardHelp = dynamic(() => import('./KeyboardHelp.tsx').then((part) => part.KeyboardHelp), {
  ssr: false,
});
const FilePicker = dynamic(() => import('./FilePicker.tsx').then((part) => part.FilePicker), { ssr: false });

/** The keys of the tools while the focus is in the document; a second Ctrl+F leaves them to the browser's own search. */
function useToolKeys(editor: DocumentEditor | null, mayWrite: boolean, onTool: (tool: Tool | null) => void) {
  useEffect(() => {
    if (editor === null) return;
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      if (!(event.target instanceof Element) || event.target.closest('#main .docs-page') === null) return;
      const key = event.key.toLowerCase();
      const { selection } = editor.prosemirrorState;
      const onWords = !selection.empty || editor.getSelectedLinkUrl() !== undefined;
      const tools: Record<string, Tool | undefined> = {
        f: 'find',
        h: mayWrite ? 'replace' : undefined,
        k: mayWrite && onWords ? 'link' : undefined,
        '/': 'help',
      };
      const tool = tools[key];
      if (tool === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      onTool(tool);
    };
    document.addEventListener('keydown', onKey, { capture: true });
    return () => document.removeEventListener('keydown', onKey, { capture: true });
  }, [editor, mayWrite, onTool]);
}

interface Props {
  document: Document;
  editor: DocumentEditor | null;
  mayWrite: boolean;
  writing: Writing;
}

/** What stands between the bar of a document and its text, and what opens over it. */
export function WritingTools({ document, editor, mayWrite, writing }: Props) {
  const { tool, setTool, followed, stop, focused, setFocused } = writing;
  const t = useTranslations('docsWriting');
  useToolKeys(editor, mayWrite, setTool);
  const close = () => setTool(null);
  return (
    <>
      {mayWrite && !focused && <Toolbar editor={editor} tool={tool} onTool={setTool} />}
      <p id={voiceId} className="p-sr" role="status" />
      {focused && (
        <Button kind="quiet" size="small" className="docs-leave-focus" onClick={() => setFocused(false)}>
          {t('leaveFocus')}
        </Button>
      )}
      {followed !== null && (
        <Banner
          flat
          action={
            <Button kind="quiet" onClick={stop}>
              {t('stop')}
            </Button>
          }
        >
          {t.rich('following', { name: () => <bdi>{followed.name}</bdi> })}
        </Banner>
      )}
      {editor !== null && (
        <>
          {(tool === 'find' || tool === 'replace') && (
            <FindBar
              editor={editor}
              mayWrite={mayWrite}
              replacing={tool === 'replace'}
              onReplacing={() => setTool('replace')}
              onClose={close}
            />
          )}
          {tool === 'link' && <LinkBar editor={editor} onClose={close} />}
          {tool === 'file' && <FilePicker editor={editor} document={document} onClose={close} />}
          {tool === 'present' && <Presenter editor={editor} title={document.title} onClose={close} />}
        </>
      )}
      {tool === 'help' && <KeyboardHelp onClose={close} />}
    </>
  );
}
