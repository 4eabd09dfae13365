import { insertFiles } from '../attach/insert-files.ts';
import type { DocumentEditor } from '../editor/document-editor.ts';
import { cleanPasted, isOfficeHtml } from './clean.ts';

/** Formats that the editor and code editors put beside the HTML, which tell more than it does. */
const betterThanHtml = ['blocknote/html', 'vscode-editor-data'];

/** The pictures inside a text become files below the document; those that are refused are left out. */
async function withoutInlinePictures(editor: DocumentEditor, html: string): Promise<string> {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  for (const [index, picture] of [...body.querySelectorAll('img[src^="data:"]')].entries()) {
    // Not asked of the network: the policy of the page forbids it, and it is all here.
    const [head = '', data = ''] = (picture.getAttribute('src') ?? '').split(',');
    const type = /^data:([^;]+)/.exec(head)?.[1] ?? 'image/png';
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    const file = new File([bytes], `image-${index + 1}.${type.split('/')[1] ?? 'png'}`, { type });
    const answer = await editor.uploadFile?.(file);
    const url = typeof answer === 'object' ? (answer.props as { url?: string } | undefined)?.url : undefined;
    if (url === undefined) picture.remove();
    else picture.setAttribute('src', url);
  }
  return body.innerHTML;
}

interface Pasted {
  event: ClipboardEvent;
  editor: DocumentEditor;
  defaultPasteHandler: () => boolean | undefined;
}

/** What comes from the clipboard: the structure of office documents, pictures as files, and else as the editor does. */
export function onPaste({ event, editor, defaultPasteHandler }: Pasted): boolean | undefined {
  const { clipboardData } = event;
  const types = clipboardData?.types ?? [];
  const html = types.includes('text/html') ? (clipboardData?.getData('text/html') ?? '') : '';
  const inCode = editor.prosemirrorState.selection.$from.parent.type.spec.code === true;
  if (html === '' || inCode || betterThanHtml.some((type) => types.includes(type)))
    return defaultPasteHandler();
  const cleaned = cleanPasted(html);
  const files = [...(clipboardData?.files ?? [])].filter(({ type }) => type.startsWith('image/'));
  if (
    files.length > 0 &&
    new DOMParser().parseFromString(html, 'text/html').body.textContent?.trim() === ''
  ) {
    // A picture copied from a page or from Word: the page names where it lies, the clipboard has it.
    void insertFiles(editor, files);
    return true;
  }
  if (cleaned.includes('src="data:')) {
    void withoutInlinePictures(editor, cleaned).then((ready) => editor.pasteHTML(ready));
    return true;
  }
  if (!isOfficeHtml(html)) return defaultPasteHandler();
  editor.pasteHTML(cleaned);
  return true;
}
