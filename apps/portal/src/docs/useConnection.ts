'use client';
import type { Document } from '@parvis/contract/docs';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { DocumentConnection, type DocumentStatus } from './connection.ts';

const before: DocumentStatus = {
  link: 'connecting',
  synced: false,
  right: 'read',
  unsaved: 0,
  refused: null,
  gone: null,
  keeping: 'kept',
};

/** The connection of this page to a document, from its arrival to its end; a page with unsaved text asks before it goes. */
export function useConnection(document: Document, personId: string, link: string | undefined) {
  const title = useRef(document.title);
  useEffect(() => {
    title.current = document.title;
  }, [document.title]);
  const [connection] = useState(() =>
    typeof window === 'undefined'
      ? null
      : new DocumentConnection({
          id: document.id,
          epoch: document.epoch,
          title: () => title.current,
          personId,
          mayWrite: document.abilities.edit,
          link,
        }),
  );
  const status = useSyncExternalStore(
    connection?.subscribe ?? (() => () => undefined),
    connection?.status ?? (() => before),
    () => before,
  );
  useEffect(() => {
    connection?.start();
    return () => connection?.stop();
  }, [connection]);
  useEffect(() => {
    if (status.unsaved === 0) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [status.unsaved]);
  return { connection, status };
}
