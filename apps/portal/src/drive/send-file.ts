import { fileIdHeader, uploadsPath } from '@parvis/contract/drive';
import { Refusal, refusalIn } from '@parvis/contract/refusal';
import type { DetailedError, Upload } from 'tus-js-client';

/** Bytes sent in one request; a cut costs at most this much. */
const chunkBytes = 32 * 1024 * 1024;
/** Milliseconds before each new attempt after a cut; the upload goes on where it was. */
const retryMs = [500, 1_000, 3_000, 5_000, 10_000, 20_000, 30_000];

const cut = { type: 'about:blank', title: 'Upload cut', status: 0, code: 'upload-incomplete' };

function refusalOf(error: Error | DetailedError): Refusal {
  const body = 'originalResponse' in error ? error.originalResponse?.getBody() : undefined;
  if (!body) return new Refusal(cut);
  try {
    return refusalIn(JSON.parse(body)) ?? new Refusal(cut);
  } catch {
    return new Refusal(cut);
  }
}

/** A file on its way into drive. */
export interface Sending {
  /** The new file's uuid. Rejects with a Refusal: `upload-incomplete` when it was cut for good, or the service's. */
  readonly fileId: Promise<string>;
  /** Gives the upload up, here and on the server. */
  stop(): void;
}

/**
 * Sends a file into a space, a folder or below a document (its uuid): resumable (tus), and what was cut off before, in
 * this or an earlier visit, goes on where it was. `onSent` is told the bytes that have arrived.
 */
export function sendFile(file: File, parentId: string, onSent: (bytes: number) => void): Sending {
  let upload: Upload | undefined;
  let stopped = false;
  const fileId = new Promise<string>((resolve, reject) => {
    void import('tus-js-client').then(async ({ Upload: TusUpload }) => {
      const made = new TusUpload(file, {
        endpoint: uploadsPath,
        chunkSize: chunkBytes,
        retryDelays: retryMs,
        removeFingerprintOnSuccess: true,
        metadata: { parentId, name: file.name, type: file.type || 'application/octet-stream' },
        onProgress: onSent,
        onError: (error) => reject(refusalOf(error)),
        onSuccess: ({ lastResponse }) => {
          const id = lastResponse.getHeader(fileIdHeader);
          if (id) resolve(id);
          else reject(new Refusal(cut));
        },
      });
      const before = await made.findPreviousUploads();
      if (stopped) return;
      upload = made;
      const same = before.find((one) => one.metadata.parentId === parentId);
      if (same) made.resumeFromPreviousUpload(same);
      made.start();
    }, reject);
  });
  return {
    fileId,
    stop() {
      stopped = true;
      void upload?.abort(true).catch(() => undefined);
    },
  };
}
