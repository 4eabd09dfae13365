import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';

/** A member of an archive; its bytes are asked for when its turn comes. */
export interface Member {
  readonly path: string;
  readonly bytes: () => AsyncIterable<Uint8Array>;
  /** Text shrinks; files mostly do not. */
  readonly compress: boolean;
}

/** A zip made while it is read: one chunk is held at a time. */
export async function* zipped(members: readonly Member[]): AsyncGenerator<Uint8Array> {
  const archive = new ZipFile();
  let failure: unknown;
  archive.on('error', (error: unknown) => {
    failure = error;
    (archive.outputStream as Readable).destroy(error as Error);
  });
  for (const { path, bytes, compress } of members) {
    archive.addReadStreamLazy(path, { compress }, (take) => {
      const stream = Readable.from(bytes(), { objectMode: false });
      stream.on('error', (error) => (archive.outputStream as Readable).destroy(error));
      take(null, stream);
    });
  }
  archive.end();
  yield* archive.outputStream as Readable as AsyncIterable<Uint8Array>;
  if (failure !== undefined) throw failure;
}
