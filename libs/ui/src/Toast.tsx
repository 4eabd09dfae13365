'use client';
import type { ReactNode } from 'react';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { Glyph } from './Glyph.tsx';
import { IconButton } from './IconButton.tsx';

export interface ToastMessage {
  id: number;
  words: ReactNode;
  /** Usually undo. */
  action?: { label: ReactNode; onPress: () => void };
  /** `bad` stays until it is closed. */
  tone: 'plain' | 'bad';
}

/** Long enough to read, reach and press undo; stopped while the pointer or the focus is on it. */
const toastMs = 8000;
/** More than this at once would be a wall: the oldest leaves. */
const toastsMax = 3;

let messages: readonly ToastMessage[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function change(next: readonly ToastMessage[]) {
  messages = next;
  for (const listener of listeners) listener();
}

/** Say something in passing. Returns the id, to take it back with `unsay`. */
export function toast(words: ReactNode, options: Partial<Omit<ToastMessage, 'id' | 'words'>> = {}): number {
  lastId += 1;
  const next: ToastMessage = { tone: 'plain', ...options, words, id: lastId };
  change([...messages, next].slice(-toastsMax));
  return lastId;
}

/** Take a message away. */
export function unsay(id: number): void {
  change(messages.filter((message) => message.id !== id));
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
const none: readonly ToastMessage[] = [];

function ToastLine({
  message,
  closeLabel,
  held,
}: {
  message: ToastMessage;
  closeLabel: string;
  held: boolean;
}) {
  const leftMs = useRef(toastMs);
  useEffect(() => {
    if (held || message.tone === 'bad') return;
    const started = Date.now();
    const timer = setTimeout(() => unsay(message.id), leftMs.current);
    return () => {
      clearTimeout(timer);
      leftMs.current = Math.max(2000, leftMs.current - (Date.now() - started));
    };
  }, [held, message]);
  const { action } = message;
  return (
    <li className="p-toast" data-tone={message.tone}>
      {message.tone === 'bad' && <Glyph name="alert" size="m" />}
      <span className="p-grow">{message.words}</span>
      {action && (
        <button
          type="button"
          className="p-toast-act"
          onClick={() => {
            unsay(message.id);
            action.onPress();
          }}
        >
          {action.label}
        </button>
      )}
      <IconButton label={closeLabel} tipSide="top" tipAlign="end" onClick={() => unsay(message.id)}>
        <Glyph name="close" />
      </IconButton>
    </li>
  );
}

export interface ToasterProps {
  /** Name of the place, for moving to it by landmark. */
  label: string;
  closeLabel: string;
}

/** The one place of passing words; mounted once in the shell. Polite: it never takes the focus. */
export function Toaster({ label, closeLabel }: ToasterProps) {
  const shown = useSyncExternalStore(
    subscribe,
    () => messages,
    () => none,
  );
  const [held, hold] = useState(false);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- pointing only holds the clock
    <section
      className="p-toaster"
      aria-label={label}
      onPointerEnter={() => hold(true)}
      onPointerLeave={() => hold(false)}
      onFocus={() => hold(true)}
      onBlur={() => hold(false)}
    >
      <ol aria-live="polite" aria-relevant="additions text" className="p-toasts">
        {shown.map((message) => (
          <ToastLine key={message.id} message={message} closeLabel={closeLabel} held={held} />
        ))}
      </ol>
    </section>
  );
}
