import { baseKeymap } from 'prosemirror-commands';
import { history } from 'prosemirror-history';
import { keymap } from 'prosemirror-keymap';
import { type Node, Slice } from 'prosemirror-model';
import { type Command, EditorState, TextSelection } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { type Asked, askedAt } from './asked.ts';
import { keysOf, type Style, styleCommands, stylesAt } from './keys.ts';
import { docOf } from './markdown-read.ts';
import { bodyOf } from './markdown-write.ts';
import { typingRules } from './rules.ts';
import { type MentionAttrs, schema } from './schema.ts';

/** What is on the writing surface now. */
export interface Written {
  /** Markdown. */
  readonly body: string;
  readonly styles: readonly Style[];
  readonly asked: Asked | null;
}

export interface SurfaceHears {
  /** After each change of the text or the caret; `typed` when the text is another. */
  change(written: Written, typed: boolean): void;
  /** Enter. Answers whether it was taken. */
  send(): boolean;
  /** A key that the list of names or whoever holds the surface may want first. */
  key(event: KeyboardEvent): boolean;
  files(files: readonly File[]): void;
  link(): void;
}

/** What stands in the plain field, with the blank that was typed last: Markdown would drop it, and the next word needs it. */
function docAsTyped(body: string): Node {
  const doc = docOf(body);
  const blank = /[ \t]+$/.exec(body)?.[0] ?? '';
  const end = TextSelection.atEnd(doc);
  if (blank === '' || !end.$head.parent.isTextblock || end.$head.parent.content.size === 0) return doc;
  return EditorState.create({ doc, selection: end }).tr.insertText(blank, end.head).doc;
}

/** Where a message is written: ProseMirror, alone in its file so that pages do not wait for it. */
export class Surface {
  readonly #view: EditorView;
  readonly #hears: SurfaceHears;

  constructor(
    place: HTMLElement,
    options: {
      body: string;
      /** Characters before the caret in the plain field, when it had it. */
      caret: number | null;
      attributes: Record<string, string>;
      hears: SurfaceHears;
    },
  ) {
    this.#hears = options.hears;
    const send: Command = (_, dispatch) => (dispatch ? this.#hears.send() : true);
    const link: Command = (_, dispatch) => {
      if (dispatch) this.#hears.link();
      return true;
    };
    const state = EditorState.create({
      doc: docAsTyped(options.body),
      plugins: [typingRules(), keymap(keysOf({ send, link })), keymap(baseKeymap), history()],
    });
    this.#view = new EditorView(place, {
      state,
      attributes: options.attributes,
      dispatchTransaction: (transaction) => {
        this.#view.updateState(this.#view.state.apply(transaction));
        this.#tell(transaction.docChanged && transaction.getMeta('written') === undefined);
      },
      handleKeyDown: (view, event) => !view.composing && !event.isComposing && this.#hears.key(event),
      handlePaste: (_, event) => this.#files(event.clipboardData),
      handleDrop: (_, event) => this.#files(event.dataTransfer),
      clipboardTextParser: (text, $context, plain) =>
        this.#pasted(text, plain, $context.parent.type.spec.code),
      clipboardTextSerializer: (slice) => bodyOf(schema.nodes.doc.create(null, slice.content)),
    });
    this.#place(options.caret, options.body);
    this.#tell(false);
  }

  get body(): string {
    return bodyOf(this.#view.state.doc);
  }

  get focused(): boolean {
    return this.#view.hasFocus();
  }

  /** Puts the caret where it was in the plain field: exactly at its end, else at the same count of letters. */
  #place(caret: number | null, body: string): void {
    const { doc } = this.#view.state;
    const end = TextSelection.atEnd(doc);
    let selection = end;
    if (caret !== null && caret < body.length) {
      const lines = body.slice(0, caret).split('\n').length - 1;
      selection = TextSelection.near(doc.resolve(Math.min(doc.content.size, caret + 1 + lines)));
    }
    this.#view.dispatch(this.#view.state.tr.setSelection(selection).setMeta('addToHistory', false));
  }

  #tell(typed: boolean): void {
    const { state } = this.#view;
    this.#hears.change({ body: bodyOf(state.doc), styles: stylesAt(state), asked: askedAt(state) }, typed);
  }

  #files(data: DataTransfer | null): boolean {
    const files = [...(data?.files ?? [])];
    // Word processors put a picture of the text beside it: the text is meant.
    if (files.length === 0 || data?.types.includes('text/html')) return false;
    this.#hears.files(files);
    return true;
  }

  /** Text of other programs stays as it is; fenced code is code. */
  #pasted(text: string, plain: boolean, code: boolean | undefined): Slice {
    if (!plain && !code && /^```/m.test(text)) return new Slice(docOf(text).content, 0, 0);
    const lines = text.replaceAll('\r\n', '\n').split('\n');
    const made = lines.map((line) =>
      schema.nodes.paragraph.create(null, line === '' ? null : schema.text(line)),
    );
    return new Slice(schema.nodes.doc.create(null, made).content, 1, 1);
  }

  focus(): void {
    this.#view.focus();
  }

  /** Another text, as if it had just been opened. */
  write(body: string): void {
    const { state } = this.#view;
    const doc = docOf(body);
    const transaction = state.tr.replaceWith(0, state.doc.content.size, doc.content);
    this.#view.dispatch(
      transaction.setSelection(TextSelection.atEnd(transaction.doc)).setMeta('written', true),
    );
  }

  insert(text: string): void {
    const { state } = this.#view;
    this.#view.dispatch(state.tr.insertText(text).scrollIntoView());
    this.focus();
  }

  /** Puts a chosen name or sign in place of what was asked for. */
  choose(asked: Asked, chosen: MentionAttrs | string): void {
    const { state } = this.#view;
    const node = typeof chosen === 'string' ? schema.text(chosen) : schema.nodes.mention.create(chosen);
    this.#view.dispatch(
      state.tr.replaceWith(asked.from, asked.to, [node, schema.text(' ')]).scrollIntoView(),
    );
    this.focus();
  }

  style(style: Exclude<Style, 'link'>): void {
    styleCommands[style](this.#view.state, this.#view.dispatch);
    this.focus();
  }

  /** The words that a link would be laid on, and where it leads now. */
  linkAt(): { words: string; href: string } {
    const { state } = this.#view;
    const { from, to, $from } = state.selection;
    const mark = schema.marks.link.isInSet($from.marks());
    return { words: state.doc.textBetween(from, to, ' '), href: mark ? String(mark.attrs.href) : '' };
  }

  /** Lays a link on what is selected, or writes the words with it. */
  setLink(href: string, words: string): void {
    const { state } = this.#view;
    const { from, to, empty } = state.selection;
    const mark = schema.marks.link.create({ href });
    const transaction = empty
      ? state.tr.replaceWith(from, to, schema.text(words.trim() || href, [mark]))
      : state.tr.addMark(from, to, mark);
    this.#view.dispatch(transaction.removeStoredMark(schema.marks.link).scrollIntoView());
    this.focus();
  }

  destroy(): void {
    this.#view.destroy();
  }
}
