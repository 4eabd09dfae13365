'use client';
import '@blocknote/mantine/style.css';
import { ar, en, fr } from '@blocknote/core/locales';
import { withCollaboration } from '@blocknote/core/yjs';
import { BlockNoteView } from '@blocknote/mantine';
import { SideMenuController, useCreateBlockNote } from '@blocknote/react';
import type { Person } from '@parvis/contract/shape';
import { editorOptions } from '@parvis/document/schema';
import { fragmentName } from '@parvis/document/version';
import { hueOf } from '@parvis/ui/format';
import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import type { DocumentConnection } from './connection.ts';

const dictionaries = { ar, en, fr };

interface Props {
  connection: DocumentConnection;
  person: Person;
  mayWrite: boolean;
  label: string;
}

/** Whether the page is dark now, whichever way that was chosen. */
function useDark(): boolean {
  const [dark, setDark] = useState(false);
  useEffect(() => {
    const device = window.matchMedia('(prefers-color-scheme: dark)');
    const look = () => {
      const theme = document.documentElement.dataset.theme ?? 'system';
      setDark(theme === 'dark' || (theme === 'system' && device.matches));
    };
    const watch = new MutationObserver(look);
    watch.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    device.addEventListener('change', look);
    look();
    return () => {
      watch.disconnect();
      device.removeEventListener('change', look);
    };
  }, []);
  return dark;
}

/** A colleague's caret: their colour and name, shown while they move. */
function caret(user: { name: string; color: string }): HTMLElement {
  const line = document.createElement('span');
  line.className = 'docs-caret';
  line.style.setProperty('--caret', user.color);
  const label = document.createElement('bdi');
  label.className = 'docs-caret-name';
  label.textContent = user.name;
  line.append(label);
  return line;
}

/** ProseMirror's own watch over the page, which takes any change that it has not made for typing. */
interface Watched {
  domObserver?: { stop(): void; start(): void };
}

/** The boxes of check lists have no name of their own; each gets the words beside it, whenever the page has changed. */
function useNamedBoxes(view: () => Watched | undefined, fallback: string) {
  const [box, setBox] = useState<HTMLElement | null>(null);
  useEffect(() => {
    if (box === null) return;
    const name = () => {
      const inputs = [...box.querySelectorAll('[contenteditable="false"] > input[type="checkbox"]')];
      const named = inputs.map((input) => {
        const words = input.parentElement?.nextElementSibling?.textContent?.trim() ?? '';
        return { input, words: words === '' ? fallback : words };
      });
      const wrong = named.filter(({ input, words }) => input.getAttribute('aria-label') !== words);
      if (wrong.length === 0) return;
      const observer = view()?.domObserver;
      observer?.stop();
      for (const { input, words } of wrong) input.setAttribute('aria-label', words);
      observer?.start();
    };
    const watch = new MutationObserver(name);
    watch.observe(box, { childList: true, subtree: true, characterData: true });
    name();
    return () => watch.disconnect();
    // oxlint-disable-next-line react/exhaustive-deps -- the view is looked for at each change, not kept
  }, [box, fallback]);
  return setBox;
}

/** The editor over the shared text. It is bound only after the server's text has arrived, and to the one schema. */
export function Editor({ connection, person, mayWrite, label }: Props) {
  const locale = useLocale();
  const dark = useDark();
  const rtl = locale === 'ar';
  const t = useTranslations('docs');
  const editor = useCreateBlockNote(
    withCollaboration({
      schema: editorOptions.schema,
      // The compiler sees the editor's own types twice (for import and for require) and takes them for strangers.
      extensions: editorOptions.extensions as never[],
      dictionary: dictionaries[locale as keyof typeof dictionaries] ?? fr,
      domAttributes: {
        editor: { 'aria-label': label, 'aria-multiline': 'true', role: 'textbox' },
        blockContent: { dir: 'auto' },
      },
      collaboration: {
        provider: connection,
        fragment: connection.doc.getXmlFragment(fragmentName),
        user: { id: person.id, name: person.name, color: `var(--p${hueOf(person.id)})` },
        renderCursor: caret,
      },
    }),
    [connection],
  );
  const named = useNamedBoxes(() => editor.prosemirrorView as unknown as Watched | undefined, t('tick'));
  return (
    <div ref={named}>
      <BlockNoteView
        editor={editor}
        editable={mayWrite}
        theme={dark ? 'dark' : 'light'}
        sideMenu={false}
        className="docs-editor"
      >
        {mayWrite && (
          <SideMenuController
            floatingUIOptions={{ useFloatingOptions: { placement: rtl ? 'right-start' : 'left-start' } }}
          />
        )}
      </BlockNoteView>
    </div>
  );
}
