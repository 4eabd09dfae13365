'use client';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { ArrowLeft, ArrowRight, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import type { DocumentEditor } from '../editor/document-editor.ts';

/** Milliseconds of rest before the slides are drawn again while somebody writes. */
const restMs = 300;
/** Headings of these levels begin a slide. */
const slideLevelMax = 2;

/** The blocks of each slide, by their ids; what stands before the first heading is the first slide. */
function slidesOf(editor: DocumentEditor): string[][] {
  const slides: string[][] = [];
  editor.prosemirrorState.doc.firstChild?.forEach((block) => {
    const content = block.firstChild;
    const begins = content?.type.name === 'heading' && Number(content.attrs.level) <= slideLevelMax;
    const id = String(block.attrs.id);
    const last = slides.at(-1);
    if (begins || last === undefined) slides.push([id]);
    else last.push(id);
  });
  return slides;
}

/** Copies of the blocks as they stand in the text, so that a slide looks as what was written. */
function drawn(ids: readonly string[]): DocumentFragment {
  const fragment = document.createDocumentFragment();
  for (const id of ids) {
    const copy = document
      .querySelector(`.docs-editor .bn-block-outer[data-id="${CSS.escape(id)}"]`)
      ?.cloneNode(true);
    if (!(copy instanceof HTMLElement)) continue;
    for (const caret of copy.querySelectorAll('.docs-caret')) caret.remove();
    for (const node of copy.querySelectorAll('[id], [contenteditable]')) {
      node.removeAttribute('id');
      node.removeAttribute('contenteditable');
    }
    for (const field of copy.querySelectorAll('input, select, button')) field.setAttribute('disabled', '');
    fragment.append(copy);
  }
  return fragment;
}

/** The slides of the text, read again a moment after each change. */
function useSlides(editor: DocumentEditor): readonly string[][] {
  const [slides, setSlides] = useState(() => slidesOf(editor));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tiptap = editor._tiptapEditor;
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(() => setSlides(slidesOf(editor)), restMs);
    };
    tiptap.on('update', later);
    return () => {
      tiptap.off('update', later);
      clearTimeout(timer);
    };
  }, [editor]);
  return slides;
}

/** Takes the whole screen where the browser lets it, and gives the focus back at the end. */
function useWholeScreen(box: RefObject<HTMLDialogElement | null>): void {
  useEffect(() => {
    const before = document.activeElement;
    box.current?.showModal();
    void box.current?.requestFullscreen?.().catch(() => undefined);
    return () => {
      if (document.fullscreenElement) void document.exitFullscreen();
      if (before instanceof HTMLElement) before.focus();
    };
  }, [box]);
}

interface Props {
  editor: DocumentEditor;
  title: string;
  onClose: () => void;
}

/** The document as slides, one for each heading, over the whole screen. It follows while people write. */
export function Presenter({ editor, title, onClose }: Props) {
  const t = useTranslations('docsWriting');
  const slides = useSlides(editor);
  const [at, setAt] = useState(0);
  const box = useRef<HTMLDialogElement>(null);
  const page = useRef<HTMLDivElement>(null);
  const last = slides.length - 1;
  const now = Math.min(at, last);
  useWholeScreen(box);
  useEffect(() => {
    page.current?.replaceChildren(drawn(slides[now] ?? []));
  }, [slides, now]);
  function onKeyDown(event: KeyboardEvent) {
    const rtl = document.documentElement.dir === 'rtl';
    const steps: Record<string, number> = {
      [rtl ? 'ArrowLeft' : 'ArrowRight']: now + 1,
      [rtl ? 'ArrowRight' : 'ArrowLeft']: now - 1,
      PageDown: now + 1,
      PageUp: now - 1,
      Home: 0,
      End: last,
    };
    const onButton = event.target instanceof HTMLElement && event.target.closest('button') !== null;
    const wanted = event.key === ' ' && !onButton ? now + 1 : steps[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    setAt(Math.max(0, Math.min(last, wanted)));
  }
  return (
    <dialog
      ref={box}
      className="docs-present"
      aria-label={t('present.title', { title })}
      onKeyDown={onKeyDown}
      onClose={onClose}
    >
      <div className="docs-present-scroll">
        <div className="docs-present-page docs-editor bn-container">
          <div ref={page} className="bn-editor bn-default-styles" />
        </div>
      </div>
      <footer>
        <IconButton
          label={t('present.previous')}
          tipSide="top"
          disabled={now === 0}
          onClick={() => setAt(now - 1)}
        >
          <Icon of={ArrowLeft} flip />
        </IconButton>
        <span role="status">{t('present.at', { at: now + 1, count: slides.length })}</span>
        <IconButton
          label={t('present.next')}
          tipSide="top"
          disabled={now >= last}
          onClick={() => setAt(now + 1)}
        >
          <Icon of={ArrowRight} flip />
        </IconButton>
        <IconButton label={t('present.close')} shortcut="Esc" tipSide="top" tipAlign="end" onClick={onClose}>
          <Icon of={X} />
        </IconButton>
      </footer>
    </dialog>
  );
}
