'use client';
import type { Document } from '@parvis/contract/docs';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { DocumentConnection } from './connection.ts';
import type { DocumentStanding } from './document-status.ts';

const before: DocumentStanding = {
  link: 'connecting',
  synced: false,
  right: 'read',
  refused: null,
  gone: null,
  keeping: 'kept',
};

const never = () => () => undefined;

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
  const standing: DocumentStanding = useSyncExternalStore(
    connection?.subscribe ?? never,
    connection?.standing ?? (() => before),
    () => before,
  );
  useEffect(() => {
    connection?.start();
    return () => connection?.stop();
  }, [connection]);
  useEffect(() => {
    if (connection === null) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    // Listened for only while there is something to lose: a page that listens is not kept for going back.
    const look = () => {
      if (connection.status().unsaved > 0) window.addEventListener('beforeunload', warn);
      else window.removeEventListener('beforeunload', warn);
    };
    const leave = connection.subscribe(look);
    return () => {
      leave();
      window.removeEventListener('beforeunload', warn);
    };
  }, [connection]);
  return { connection, status: standing };
}
