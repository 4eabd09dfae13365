'use client';
import { Problem } from '@parvis/contract/problem';
import { uploadsPath } from '@parvis/contract/drive';
import { useRouter } from 'next/navigation';
import { useCallback, useRef, useState } from 'react';
import type { DetailedError, Upload } from 'tus-js-client';

/** Bytes sent in one request; a cut costs at most this much. */
const chunkBytes = 32 * 1024 * 1024;
/** Milliseconds before each new attempt after a cut; the upload goes on where it was. */
const retryMs = [500, 1_000, 3_000, 5_000, 10_000, 20_000, 30_000];
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

function codeOf(error: Error | DetailedError): string {
  const body = 'originalResponse' in error ? error.originalResponse?.getBody() : undefined;
  if (!body) return 'upload-incomplete';
  try {
    return Problem.parse(JSON.parse(body)).code;
  } catch {
    return 'upload-incomplete';
  }
}

/** Uploads into a folder: resumable (tus), a few at once, the truth about each. */
export function useUploads(folderId: string) {
  const router = useRouter();
  const [uploads, setUploads] = useState<readonly FileUpload[]>([]);
  const files = useRef(new Map<string, File>());
  const queue = useRef<string[]>([]);
  const running = useRef(new Map<string, Upload>());

  const change = useCallback((id: string, what: Partial<FileUpload>) => {
    setUploads((all) => all.map((one) => (one.id === id ? { ...one, ...what } : one)));
  }, []);

  const pump = useCallback(() => {
    while (running.current.size < atOnceMax) {
      const id = queue.current.shift();
      const file = id === undefined ? undefined : files.current.get(id);
      if (id === undefined || file === undefined) return;
      void import('tus-js-client').then(({ Upload: TusUpload }) => {
        const ended = (what: Partial<FileUpload>) => {
          running.current.delete(id);
          change(id, what);
          pump();
        };
        const upload = new TusUpload(file, {
          endpoint: uploadsPath,
          chunkSize: chunkBytes,
          retryDelays: retryMs,
          removeFingerprintOnSuccess: true,
          metadata: { parentId: folderId, name: file.name, type: file.type || 'application/octet-stream' },
          onProgress: (sent) => change(id, { sent, state: 'sending' }),
          onError: (error) => ended({ state: 'failed', code: codeOf(error) }),
          onSuccess: () => {
            ended({ state: 'done', sent: file.size });
            router.refresh();
          },
        });
        running.current.set(id, upload);
        change(id, { state: 'sending' });
        // A file that was cut off before, in this or an earlier visit, goes on where it was.
        void upload.findPreviousUploads().then((before) => {
          const same = before.find((one) => one.metadata.parentId === folderId);
          if (same) upload.resumeFromPreviousUpload(same);
          upload.start();
        });
      });
      running.current.set(id, {} as Upload);
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
  const drop = useCallback((id: string) => {
    const upload = running.current.get(id);
    running.current.delete(id);
    queue.current = queue.current.filter((one) => one !== id);
    files.current.delete(id);
    setUploads((all) => all.filter((one) => one.id !== id));
    void upload?.abort?.(true)?.catch(() => undefined);
  }, []);
  return { uploads, add, again, drop };
}
