import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { uploadsPath } from '@parvis/contract/drive';
import { uploadBytesMax } from '@parvis/contract/limits';
import type { Caller } from '@parvis/server/caller';
import { Refused } from '@parvis/server/refused';
import { DataStore, Server, Upload } from '@tus/server';
import { UploadLocks } from './upload-locks.ts';
import { uploadDaysMax, Uploads } from './uploads.ts';

/** Milliseconds for a PATCH that was asked to end to write what it has. */
const drainMs = 1_000;

/** Who asks, and what was thrown: the library hands neither through. */
interface Asked {
  readonly caller: Caller;
  readonly method: string;
  thrown?: unknown;
}
const asking = new AsyncLocalStorage<Asked>();

function asked(): Asked {
  const store = asking.getStore();
  if (!store) throw new Error('outside of a request');
  return store;
}

/** What the library asks of a store, answered by {@link Uploads} for the person who asks. */
class UploadStore extends DataStore {
  override extensions = ['creation', 'creation-with-upload', 'termination', 'expiration'];
  readonly #uploads: Uploads;

  constructor(uploads: Uploads) {
    super();
    this.#uploads = uploads;
  }

  override async create(upload: Upload): Promise<Upload> {
    await this.#uploads.create(asked().caller, upload.id, upload.metadata, upload.size ?? 0);
    return upload;
  }

  override async getUpload(id: string): Promise<Upload> {
    const row = await this.#uploads.stand(asked().caller, id);
    return new Upload({
      id: row.id,
      size: row.progress.sizeBytes,
      offset: row.progress.offset,
      metadata: {
        parentId: row.parentUid,
        name: row.name,
        ...(row.mediaType ? { type: row.mediaType } : {}),
      },
      creation_date: row.createdAt.toISOString(),
    });
  }

  override write(stream: Readable, id: string, offset: number): Promise<number> {
    return this.#uploads.write(asked().caller, id, offset, stream);
  }

  override remove(id: string): Promise<void> {
    return this.#uploads.terminate(asked().caller, id);
  }

  override getExpiration(): number {
    return uploadDaysMax * 86_400_000;
  }
}

/** Codes for what the protocol itself refuses. */
const codes: Record<number, string> = {
  404: 'not-found',
  409: 'upload-incomplete',
  410: 'not-found',
  413: 'file-too-large',
  415: 'wrong-content-type',
};

/** tus 1.0 over HTTP, as a function from a request to an answer. */
@Injectable()
export class Tus {
  readonly #server: Server;

  constructor(uploads: Uploads, locks: UploadLocks) {
    this.#server = new Server({
      path: uploadsPath,
      datastore: new UploadStore(uploads),
      maxSize: uploadBytesMax,
      relativeLocation: true,
      namingFunction: () => randomUUID(),
      locker: () => ({ newLock: (id) => locks.lockOf(id, asked().method) }),
      lockDrainTimeout: drainMs,
      onResponseError: (_, error) => {
        asked().thrown = error;
        return undefined;
      },
    });
  }

  /** @throws Refused, and what was thrown below and is no refusal */
  async answer(caller: Caller, request: Request): Promise<Response> {
    const context: Asked = { caller, method: request.method };
    const answer = await asking.run(context, () => this.#server.handleWeb(request));
    if (answer.status < 400) return answer;
    const { thrown } = context;
    if (thrown instanceof Error && !('status_code' in thrown)) throw thrown;
    if (answer.status >= 500 && answer.status !== 501) throw new Error(await answer.text());
    throw new Refused(answer.status, codes[answer.status] ?? 'bad-input');
  }
}
