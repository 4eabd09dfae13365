'use client';
import { messageLengthMax } from '@parvis/contract/limits';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { ComposerProps } from './Composer.tsx';
import { takeKey } from './composer-keys.ts';
import type { Style } from './keys.ts';
import type { Proposal } from './found.ts';
import { useProposals } from './useProposals.ts';
import { type Field, useSurface } from './useSurface.ts';

const hasCoarsePointer = () => window.matchMedia('(pointer: coarse)').matches;

/** A message as it is being written: the field, the list under an `@`, the link being laid, and the keys of all. */
export function useComposer(props: ComposerProps) {
  const list = useId();
  const hint = useId();
  const [link, setLink] = useState<{ words: string; href: string } | null>(null);
  const typedAt = useRef(0);
  // The keys are read from the last drawing, wherever the editor calls from.
  const now = useRef<(event: globalThis.KeyboardEvent) => boolean>(() => false);
  const attributes = {
    role: 'textbox',
    class: 'chat-write',
    'aria-multiline': 'true',
    'aria-label': props.label,
    'aria-autocomplete': 'list',
    'aria-describedby': hint,
  };
  const field = useSurface(props.initial ?? '', attributes, {
    typed(body) {
      typedAt.current = Date.now();
      props.onChange?.(body);
    },
    send: () => !hasCoarsePointer() && send(),
    key: (event) => now.current(event),
    files: (files) => props.onFiles?.(files),
    link: openLink,
  });
  const { written } = field;
  const { found, at, setAt, close } = useProposals(
    { channelId: props.channelId, commands: props.commands },
    written.asked,
  );
  useHandle(props, field, typedAt);
  useListNames(field.place, found.length > 0 ? [list, `${list}-${at}`] : null);

  function send(): boolean {
    const body = field.body();
    if ((body === '' && !props.full) || body.length > messageLengthMax) return true;
    if (props.onSend(body) !== false && !props.editing) field.write('');
    return true;
  }
  function choose(one: Proposal) {
    if (written.asked === null) return;
    const chosen = one.kind === 'mention' ? one.mention : one.kind === 'emoji' ? one.text : `/${one.word}`;
    field.surface()?.choose(written.asked, chosen);
  }
  function openLink() {
    setLink(field.surface()?.linkAt() ?? null);
  }
  function style(one: Style) {
    if (one === 'link') openLink();
    else field.surface()?.style(one);
  }
  const { onCancel, onUp } = props;
  const empty = written.body === '';
  now.current = (event) => takeKey(event, { found, at, setAt, choose, close, empty, onCancel, onUp });
  function onPlainKey(event: KeyboardEvent) {
    // While an input method composes (Arabic diacritics, accents), Enter belongs to it.
    if (event.nativeEvent.isComposing) return;
    const sends = event.key === 'Enter' && !event.shiftKey && !hasCoarsePointer() && send();
    if (sends || now.current(event.nativeEvent)) event.preventDefault();
  }
  const left = messageLengthMax - written.body.length;
  const isEmpty = written.body.trim() === '' && !props.full;
  return { list, hint, field, found, at, link, setLink, left, isEmpty, send, choose, style, onPlainKey };
}

/** Gives whoever shows the composer its handle, and the field the focus when it is to have it. */
function useHandle({ handle, focused }: ComposerProps, field: Field, typedAt: { current: number }) {
  const acts = useRef(field);
  acts.current = field;
  useEffect(() => {
    handle?.({
      focus: () => acts.current.focus(),
      write: (body) => acts.current.write(body),
      body: () => acts.current.body(),
      typedAt: () => typedAt.current,
      place: () => acts.current.place.current,
    });
    if (focused) acts.current.focus();
    return () => handle?.(null);
  }, [handle, focused, typedAt]);
}

/** Says in the field which list it works, and which line is chosen. */
function useListNames(place: { current: HTMLElement | null }, names: [list: string, line: string] | null) {
  const [list, line] = names ?? [];
  useEffect(() => {
    const box = place.current?.querySelector('[role=textbox]');
    if (!box) return;
    for (const [name, value] of [
      ['aria-controls', list],
      ['aria-activedescendant', line],
    ] as const)
      if (value === undefined) box.removeAttribute(name);
      else box.setAttribute(name, value);
  });
}
