import { BlockNoteEditor } from '@blocknote/core';
import { editorOptions } from '@parvis/document/schema';
import type { SimpleBlock } from '@parvis/document/seed';
import { fragmentName } from '@parvis/document/version';
import type { Schema } from 'prosemirror-model';
import { EditorState, TextSelection, type Transaction } from 'prosemirror-state';
import { initProseMirrorDoc, updateYFragment, ySyncPluginKey } from 'y-prosemirror';
import * as Y from 'yjs';
import { setMode, settled, suggesting } from './plugin.ts';
import { type Block, blocksIn } from './tag.ts';

// The compiler sees the editor’s own types twice (for import and for require) and takes them for strangers.
export const schema = BlockNoteEditor.create(editorOptions as object).pmSchema as unknown as Schema;
export const paragraphs = (...texts: string[]): SimpleBlock[] =>
  texts.map((text) => ({ kind: 'paragraph', text }));

/** Somebody's editor without a screen: the real schema, binding and shared document. */
export class Writer {
  readonly doc = new Y.Doc();
  state: EditorState;
  refused = 0;
  #meta: ReturnType<typeof initProseMirrorDoc>['meta'];

  constructor(
    readonly person: string,
    first: Uint8Array,
    mode: 'suggesting' | 'editing' = 'suggesting',
  ) {
    Y.applyUpdate(this.doc, first);
    const { doc, meta } = initProseMirrorDoc(this.#fragment, schema);
    this.#meta = meta;
    const plugins = [suggesting(() => (this.refused += 1))];
    this.state = EditorState.create({ doc, plugins });
    if (mode === 'suggesting') this.state = this.state.apply(setMode(this.state, person));
  }

  get #fragment() {
    return this.doc.getXmlFragment(fragmentName);
  }
  get blocks() {
    return blocksIn(this.state.doc);
  }
  block(i: number): Block {
    const found = this.blocks[i];
    if (!found) throw new Error(`no block ${i}`);
    return found;
  }
  get texts(): string[] {
    return this.blocks.map(({ content }) => content.textContent);
  }
  get types(): string[] {
    return this.blocks.map(({ content }) => content.type.name);
  }

  /** Does something to the document, and writes what came of it to the shared one. */
  do(make: (tr: Transaction) => Transaction): this {
    this.state = this.state.applyTransaction(make(this.state.tr)).state;
    this.state.doc.check();
    this.doc.transact(() => updateYFragment(this.doc, this.#fragment, this.state.doc, this.#meta));
    return this;
  }
  caret(block: number, at: number): this {
    return this.do((tr) => tr.setSelection(TextSelection.create(tr.doc, this.#at(block, at))));
  }
  #at(block: number, at: number): number {
    return (this.blocks[block]?.inside ?? 0) + at;
  }
  type(words: string): this {
    for (const letter of words) this.do((tr) => tr.insertText(letter));
    return this;
  }
  /** As a key would: from the caret backwards, or forwards. */
  erase(count: number, way: -1 | 1 = -1): this {
    for (let i = 0; i < count; i++) {
      const { head } = this.state.selection;
      this.do((tr) => (way < 0 ? tr.delete(head - 1, head) : tr.delete(head, head + 1)));
    }
    return this;
  }
  take(from: [number, number], to: [number, number]): this {
    return this.do((tr) =>
      tr.setSelection(TextSelection.create(tr.doc, this.#at(...from), this.#at(...to))).deleteSelection(),
    );
  }
  /** The id that the editor gives to a new block. */
  enter(): this {
    return this.do((tr) => {
      const { head } = tr.selection;
      tr.split(head, 2);
      tr.setNodeAttribute(head + 2, 'id', crypto.randomUUID());
      return tr.setSelection(TextSelection.create(tr.doc, head + 4));
    });
  }
  settle(accept: boolean, picked: (id: string) => boolean = () => true): this {
    const tr = settled(this.state, { picked, accept });
    return tr === null ? this : this.do(() => tr);
  }
  /** What others wrote arrives. */
  hear(other: Writer): this {
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(other.doc, Y.encodeStateVector(this.doc)));
    const { doc, meta } = initProseMirrorDoc(this.#fragment, schema);
    this.#meta = meta;
    const tr = this.state.tr.replaceWith(0, this.state.doc.content.size, doc.content);
    this.state = this.state.apply(tr.setMeta(ySyncPluginKey, { isChangeOrigin: true }));
    this.state.doc.check();
    return this;
  }
}
