'use client';
import { useEffect } from 'react';

/** Milliseconds after which the page is taken for idle even if it never says so. */
const idleMsMax = 3_000;

function whenIdle(act: () => void): () => void {
  if (typeof window.requestIdleCallback === 'function') {
    const handle = window.requestIdleCallback(act, { timeout: idleMsMax });
    return () => window.cancelIdleCallback(handle);
  }
  const timer = setTimeout(act, idleMsMax / 2);
  return () => clearTimeout(timer);
}

/** Once the page is idle: the dots follow what is said elsewhere, and the next visit finds its files here already. */
export function LiveUnread({ personId }: { personId: string }) {
  useEffect(() => {
    let stop: () => void = () => undefined;
    let left = false;
    const cancel = whenIdle(() => {
      import('../chat/follow-unread.ts').then(
        ({ UnreadFollower }) => {
          if (left) return;
          const follower = new UnreadFollower(personId);
          follower.start();
          stop = () => follower.stop();
        },
        () => undefined,
      );
    });
    return () => {
      left = true;
      cancel();
      stop();
    };
  }, [personId]);
  return null;
}
