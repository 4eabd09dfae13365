'use client';
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Surface, SurfaceHears, Written } from './surface.ts';

/** Milliseconds after which the editor is fetched though nobody has touched the field yet. */
const idleMs = 1_200;

type Hears = Omit<SurfaceHears, 'change'> & { typed(body: string): void };

export interface Field {
  /** The plain field, there until the editor is. */
  readonly plain: RefObject<HTMLTextAreaElement | null>;
  readonly place: RefObject<HTMLDivElement | null>;
  readonly ready: boolean;
  readonly written: Written;
  /** Fetches the editor now: somebody comes near the field. */
  readonly want: () => void;
  readonly surface: () => Surface | null;
  /** What is in the field, whichever it is. */
  readonly body: () => string;
  readonly write: (body: string) => void;
  readonly focus: () => void;
  /** The plain field has changed. */
  readonly typed: () => void;
}

const nothing: Written = { body: '', styles: [], asked: null };

/** Runs `act` once no input method is composing in the field. */
function afterComposing(field: HTMLTextAreaElement, act: () => void): void {
  if (field.dataset.composing === undefined) act();
  else field.addEventListener('compositionend', () => setTimeout(act), { once: true });
}

/**
 * A plain field that takes letters from the first moment, and the editor that takes its place once it is loaded: in one
 * step, with text and caret, so that no letter falls between them. An input method that is composing finishes first.
 * Where the editor cannot be fetched the plain field stays, and its text is Markdown.
 */
export function useSurface(initial: string, attributes: Record<string, string>, hears: Hears): Field {
  const plain = useRef<HTMLTextAreaElement>(null);
  const place = useRef<HTMLDivElement>(null);
  const surface = useRef<Surface | null>(null);
  const loading = useRef(false);
  const latest = useRef({ hears, attributes });
  latest.current = { hears, attributes };
  const [ready, setReady] = useState(false);
  const [written, setWritten] = useState<Written>({ ...nothing, body: initial });

  const swap = useCallback((Made: typeof Surface) => {
    const field = plain.current;
    if (place.current === null || field === null || surface.current) return;
    const focused = document.activeElement === field;
    surface.current = new Made(place.current, {
      body: field.value,
      caret: focused ? field.selectionStart : null,
      attributes: latest.current.attributes,
      hears: surfaceHears(latest, setWritten),
    });
    flushSync(() => setReady(true));
    if (focused) surface.current.focus();
  }, []);
  const want = useCallback(async () => {
    if (loading.current) return;
    loading.current = true;
    try {
      const { Surface: Made } = await import('./surface.ts');
      if (plain.current) afterComposing(plain.current, () => swap(Made));
    } catch {
      loading.current = false;
    }
  }, [swap]);
  useEffect(() => {
    // Letters may have come before the page was alive.
    const before = plain.current?.value;
    if (before) setWritten({ ...nothing, body: before });
    const timer = setTimeout(() => void want(), idleMs);
    return () => {
      clearTimeout(timer);
      surface.current?.destroy();
      surface.current = null;
      loading.current = false;
    };
  }, [want]);
  const acts = useMemo(() => actsOn(plain, surface, latest, setWritten), []);
  return { plain, place, ready, written, want: () => void want(), ...acts };
}

type Latest = RefObject<{ hears: Hears }>;
type Tell = (written: Written) => void;

function surfaceHears(latest: Latest, tell: Tell): SurfaceHears {
  return {
    change(written, typed) {
      tell(written);
      if (typed) latest.current.hears.typed(written.body);
    },
    send: () => latest.current.hears.send(),
    key: (event) => latest.current.hears.key(event),
    files: (files) => latest.current.hears.files(files),
    link: () => latest.current.hears.link(),
  };
}

/** The same acts on whichever of the two is there. */
function actsOn(
  plain: RefObject<HTMLTextAreaElement | null>,
  surface: RefObject<Surface | null>,
  latest: Latest,
  tell: Tell,
) {
  return {
    surface: () => surface.current,
    body: () => surface.current?.body ?? plain.current?.value.trim() ?? '',
    write(body: string) {
      if (surface.current) return surface.current.write(body);
      if (plain.current) plain.current.value = body;
      tell({ ...nothing, body });
    },
    focus: () => (surface.current ? surface.current.focus() : plain.current?.focus()),
    typed() {
      const body = plain.current?.value ?? '';
      tell({ ...nothing, body });
      latest.current.hears.typed(body);
    },
  };
}
