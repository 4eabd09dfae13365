'use client';
import { Refusal } from '@parvis/contract/refusal';
import { useRouter } from 'next/navigation';
import { useCallback, useRef, useState } from 'react';
import { type Sending, sendFile } from './send-file.ts';

/** Files that travel at the same time. */
const atOnceMax = 2;

export interface FileUpload {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  readonly sent: number;
  readonly state: 'waiting' | 'sending' | 'done' | 'failed';
  /** Stable code when it failed. */
  readonly code?: string;
}

/** Uploads into a folder: resumable, a few at once, the truth about each. */
export function useUploads(folderId: string) {
  const router = useRouter();
  const [uploads, setUploads] = useState<readonly FileUpload[]>([]);
  const files = useRef(new Map<string, File>());
  const queue = useRef<string[]>([]);
  const running = useRef(new Map<string, Sending>());

  const change = useCallback((id: string, what: Partial<FileUpload>) => {
    setUploads((all) => all.map((one) => (one.id === id ? { ...one, ...what } : one)));
  }, []);

  const pump = useCallback(() => {
    while (running.current.size < atOnceMax) {
      const id = queue.current.shift();
      const file = id === undefined ? undefined : files.current.get(id);
      if (id === undefined || file === undefined) return;
      const ended = (what: Partial<FileUpload>) => {
        running.current.delete(id);
        change(id, what);
        pump();
      };
      const sending = sendFile(file, folderId, (sent) => change(id, { sent, state: 'sending' }));
      running.current.set(id, sending);
      change(id, { state: 'sending' });
      sending.fileId.then(
        () => {
          ended({ state: 'done', sent: file.size });
          router.refresh();
        },
        (error: unknown) => {
          ended({ state: 'failed', code: error instanceof Refusal ? error.code : 'upload-incomplete' });
        },
      );
    }
  }, [change, folderId, router]);

  const add = useCallback(
    (added: File[]) => {
      const fresh = added.map((file) => {
        const id = crypto.randomUUID();
        files.current.set(id, file);
        queue.current.push(id);
        return { id, name: file.name, bytes: file.size, sent: 0, state: 'waiting' as const };
      });
      setUploads((all) => [...all, ...fresh]);
      pump();
    },
    [pump],
  );
  const again = useCallback(
    (id: string) => {
      change(id, { state: 'waiting', sent: 0 });
      queue.current.push(id);
      pump();
    },
    [change, pump],
  );
  const drop = useCallback(
    (id: string) => {
      const sending = running.current.get(id);
      running.current.delete(id);
      queue.current = queue.current.filter((one) => one !== id);
      files.current.delete(id);
      setUploads((all) => all.filter((one) => one.id !== id));
      sending?.stop();
      pump();
    },
    [pump],
  );
  return { uploads, add, again, drop };
}
