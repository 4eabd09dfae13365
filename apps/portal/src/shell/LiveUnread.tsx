'use client';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { whenIdle } from './when-idle.ts';

/** Whatever the page follows as long as it is open. It comes after the page: nobody waits for it. */
async function follow(personId: string, onNew: () => void): Promise<() => void> {
  const [{ UnreadFollower }, { followInbox }, { followThreads }] = await Promise.all([
    import('../chat/follow-unread.ts'),
    import('../inbox/follow-inbox.ts'),
    import('../chat/threads/follow-threads.ts'),
  ]);
  const follower = new UnreadFollower(personId, onNew);
  follower.start();
  const leave = [followInbox(), followThreads()];
  return () => {
    follower.stop();
    for (const one of leave) one();
  };
}

/** Once the page is idle: the dots and the bell follow what happens elsewhere. */
export function LiveUnread({ personId }: { personId: string }) {
  const router = useRouter();
  useEffect(() => {
    let stop: () => void = () => undefined;
    let left = false;
    const cancel = whenIdle(() => {
      follow(personId, () => router.refresh()).then(
        (ended) => {
          if (left) ended();
          else stop = ended;
        },
        () => undefined,
      );
    });
    return () => {
      left = true;
      cancel();
      stop();
    };
  }, [personId, router]);
  return null;
}
