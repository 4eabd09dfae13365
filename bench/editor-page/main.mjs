import { Editor, Extension } from '@tiptap/core';
import StarterKit from '@tiptap/starter-kit';
import { ySyncPlugin, yUndoPlugin } from 'y-prosemirror';
import * as Y from 'yjs';

/** Plain Tiptap 3 over y-prosemirror: what our editor stands on, with nothing of ours. */
const doc = new Y.Doc();
const shared = Extension.create({
  name: 'shared',
  addProseMirrorPlugins: () => [ySyncPlugin(doc.getXmlFragment('doc')), yUndoPlugin()],
});

window.editor = new Editor({
  element: document.querySelector('#text'),
  extensions: [StarterKit.configure({ undoRedo: false }), shared],
});
