import { Inject, Injectable } from '@nestjs/common';
import { createLink, revokeLink } from '@parvis/access/links';
import { findResource } from '@parvis/access/tree';
import { contentPath } from '@parvis/contract/content-path';
import { Database } from '@parvis/server/database';
import { SETTINGS } from '@parvis/server/service';
import type { ChatSettings } from '../settings.ts';

/** Milliseconds that the link to one file lasts, and that its first byte may take. */
const linkMs = 3_600_000;
const answerMsMax = 30_000;

/**
 * Reads files from drive for an export. An administrator has no right to them; the export opens each by a link of its
 * own that is taken away again, so that drive decides as it does for everybody and the journal of access tells of it.
 */
@Injectable()
export class FileReader {
  readonly #database: Database;
  readonly #base: string;

  constructor(database: Database, @Inject(SETTINGS) settings: ChatSettings) {
    this.#database = database;
    this.#base = settings.driveUrl ?? settings.publicUrl;
  }

  /**
   * Gives the bytes of a file to `take`.
   * @returns false when the file is gone, infected, or drive does not answer
   */
  async read(
    uid: string,
    byId: number,
    take: (bytes: AsyncIterable<Uint8Array>) => Promise<unknown>,
  ): Promise<boolean> {
    const { db } = this.#database;
    const file = await findResource(db, uid);
    if (file?.kind !== 'file' || file.trashedAt !== null) return false;
    const expiresAt = new Date(Date.now() + linkMs);
    const { link, token } = await this.#database.transaction((tx) =>
      createLink(tx, { resourceUid: uid, reach: 'public', role: 'reader', expiresAt }, byId),
    );
    try {
      const url = new URL(contentPath(uid), this.#base);
      url.searchParams.set('link', token);
      const answer = await fetch(url, { signal: AbortSignal.timeout(answerMsMax) }).catch(() => null);
      if (answer === null || !answer.ok || answer.body === null) return false;
      await take(answer.body);
      return true;
    } finally {
      await this.#database.transaction((tx) => revokeLink(tx, link.uid));
    }
  }
}
