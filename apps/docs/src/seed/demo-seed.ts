import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { findResource } from '@parvis/access/tree';
import { demoSpaces } from '@parvis/contract/demo';
import { firstUpdate } from '@parvis/document/seed';
import { Database } from '@parvis/server/database';
import { SETTINGS, type ServiceSettings } from '@parvis/server/service';
import { Documents } from '../document/document.service.ts';
import type { settings } from '../service.ts';
import { demoDocuments } from './demo-documents.ts';

/** Milliseconds between two looks for the spaces, which the directory makes, and how long to look. */
const lookMs = 1_000;
const looksMax = 300;
/** Held while seeding, so that two processes do not both do it. */
const lockKey = 7_271_002;

/** Fills the invented ministry's spaces with documents, once. */
@Injectable()
export class DemoSeed implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #database: Database;
  readonly #documents: Documents;
  readonly #on: boolean;
  readonly #logger = new Logger('docs');
  #stopped = false;

  constructor(
    database: Database,
    documents: Documents,
    @Inject(SETTINGS) given: ServiceSettings<typeof settings>,
  ) {
    this.#database = database;
    this.#documents = documents;
    this.#on = given.seed === 'demo';
  }

  onApplicationBootstrap(): void {
    if (this.#on)
      this.#seed().catch((error: unknown) => this.#logger.error(`the demo documents: ${String(error)}`));
  }

  onModuleDestroy(): void {
    this.#stopped = true;
  }

  async #seed(): Promise<void> {
    const missing = new Set(Object.keys(demoSpaces) as (keyof typeof demoSpaces)[]);
    for (let look = 0; look < looksMax && missing.size > 0 && !this.#stopped; look++) {
      for (const key of missing) if (await this.#fill(key)) missing.delete(key);
      if (missing.size > 0) await new Promise((resolve) => setTimeout(resolve, lookMs).unref());
    }
  }

  /** False while the space is not there yet. */
  async #fill(key: keyof typeof demoSpaces): Promise<boolean> {
    const { db } = this.#database;
    const space = await findResource(db, demoSpaces[key].id);
    if (space?.ownerId == null) return false;
    const ownerId = space.ownerId;
    await this.#database.transaction(async (inside) => {
      await inside.query('select pg_advisory_xact_lock($1)', [lockKey]);
      const [held] = await inside.query<{ any: boolean }>(
        `select exists (select from docs.document d join access.resource r on r.id = d.resource_id
                         where r.space_id = $1) as any`,
        [space.id],
      );
      if (held?.any) return;
      for (const { title, blocks } of demoDocuments[key]) {
        await this.#documents.make(inside, {
          parentUid: space.uid,
          title,
          ownerId,
          content: firstUpdate(blocks),
        });
      }
    });
    return true;
  }
}
