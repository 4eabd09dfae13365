'use client';
import { call } from '@parvis/contract/call';
import { listSittings, listVersions, type Sitting, type Version } from '@parvis/contract/doc-history';
import type { Document } from '@parvis/contract/docs';
import { useCallback, useEffect, useRef, useState } from 'react';
import type * as Y from 'yjs';

/** Milliseconds of rest before the list is asked for again while somebody writes. */
const restMs = 3_000;

export interface DocumentHistory {
  readonly sittings: readonly Sitting[];
  readonly versions: readonly Version[];
  readonly lastSeq: number;
  /** Where the next page begins; null when there is none. */
  readonly before: number | null;
}

/** Who wrote the document and when, and its named versions; asked for again when the text or a name has changed. */
export function useHistory(document: Document, doc: Y.Doc) {
  const [history, setHistory] = useState<DocumentHistory | null>(null);
  const [error, setError] = useState<unknown>(null);
  const { id } = document;
  const first = useCallback(async () => {
    try {
      const [page, named] = await Promise.all([call(listSittings, { id }), call(listVersions, { id })]);
      setHistory({ ...page, versions: named.versions });
      setError(null);
    } catch (thrown) {
      setError(thrown);
    }
  }, [id]);
  const more = useCallback(async () => {
    if (history?.before == null) return;
    const page = await call(listSittings, { id, before: history.before });
    setHistory({ ...history, sittings: [...history.sittings, ...page.sittings], before: page.before });
  }, [history, id]);
  const asked = useRef(first);
  asked.current = first;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const again = () => void asked.current();
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(again, restMs);
    };
    again();
    doc.on('update', later);
    window.addEventListener(namedEvent, again);
    return () => {
      clearTimeout(timer);
      doc.off('update', later);
      window.removeEventListener(namedEvent, again);
    };
  }, [doc]);
  return { history, error, more, retry: first };
}

const namedEvent = 'parvis-version-named';

/** Tells the list beside the text that a version got or lost its name. */
export function tellNamed(): void {
  window.dispatchEvent(new Event(namedEvent));
}
