import { createHash, randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Db } from '@parvis/access/db';
import { findPersonByUid } from '@parvis/access/people';
import { createResource } from '@parvis/access/tree';
import { demoPeople, demoSpaces } from '@parvis/contract/demo';
import { Database } from '@parvis/server/database';
import { demoSpaceIsThere } from '@parvis/server/demo-wait';
import { type ServiceSettings, SETTINGS } from '@parvis/server/service';
import { Files } from '../file/files.ts';
import type { DriveSettings } from '../settings.ts';
import { Blobs } from '../store/blobs.ts';
import { type DemoFile, type DemoFolder, demoShelves } from './demo-files.ts';

/** Milliseconds until a failed attempt is repeated (jobs may not run yet while the service starts), and how often. */
const againMs = 1_000;
const attemptsMax = 30;

/** Folders and files that the demo ministry has worked on, made once; what people remove does not come back. */
@Injectable()
export class DemoFiles implements OnModuleInit, OnModuleDestroy {
  #stopped = false;
  #seeding: Promise<void> | undefined;

  constructor(
    private readonly database: Database,
    private readonly files: Files,
    private readonly blobs: Blobs,
    @Inject(SETTINGS) private readonly set: ServiceSettings<DriveSettings>,
  ) {}

  onModuleInit(): void {
    if (this.set.seed === 'demo') this.#seeding = this.#try();
  }

  async onModuleDestroy(): Promise<void> {
    this.#stopped = true;
    await this.#seeding;
  }

  async #try(): Promise<void> {
    for (let attempt = 0; attempt < attemptsMax && !this.#stopped; attempt += 1) {
      try {
        return await this.#seed();
      } catch {
        await new Promise((resolve) => setTimeout(resolve, againMs));
      }
    }
  }

  async #seed(): Promise<void> {
    for (const shelf of demoShelves) {
      if (!(await demoSpaceIsThere(this.database, shelf.space, () => this.#stopped))) return;
      const root = demoSpaces[shelf.space].id;
      for (const file of shelf.files) await this.#file(shelf.space, root, file);
      for (const folder of shelf.folders) await this.#folder(shelf.space, root, folder);
    }
  }

  async #folder(path: string, parentUid: string, folder: DemoFolder): Promise<void> {
    const name = `${path}/${folder.name}`;
    await this.#once(name, async (db) => {
      const owner = await findPersonByUid(db, demoPeople[folder.owner].id);
      if (owner === null) return null;
      const made = await createResource(db, {
        kind: 'folder',
        title: folder.name,
        parentUid,
        ownerId: owner.id,
      });
      return made.uid;
    });
    const [made] = await this.database.db.query<{ uid: string }>(
      `select r.uid from access.resource r join access.resource p on p.id = r.parent_id
        where p.uid = $1 and r.kind = 'folder' and r.title = $2 and r.trashed_at is null`,
      [parentUid, folder.name],
    );
    if (made) for (const file of folder.files) await this.#file(name, made.uid, file);
  }

  async #file(path: string, parentUid: string, file: DemoFile): Promise<void> {
    if (this.#stopped) return;
    await this.#once(`${path}/${file.name}`, async (db) => {
      const owner = await findPersonByUid(db, demoPeople[file.owner].id);
      if (owner === null) return null;
      const key = await this.#store(file.bytes);
      const sha256 = createHash('sha256').update(file.bytes).digest('hex');
      const sizeBytes = file.bytes.byteLength;
      const facts = await this.files.examine(key, file.name, sizeBytes, sha256);
      return this.files.add(db, { key, name: file.name, parentUid, ownerId: owner.id, sizeBytes, ...facts });
    });
  }

  /** Runs once in the life of the database, for all processes; not at all when it gives null. */
  async #once(name: string, make: (db: Db) => Promise<string | null>): Promise<void> {
    await this.database.transaction(async (db) => {
      const fresh = await db.query(
        'insert into drive.seeded (name) values ($1) on conflict do nothing returning name',
        [name],
      );
      if (fresh.length > 0 && (await make(db)) === null) {
        await db.query('delete from drive.seeded where name = $1', [name]);
      }
    });
  }

  async #store(bytes: Buffer): Promise<string> {
    const { store } = this.blobs;
    const key = randomUUID();
    const begun = await store.begin(key, bytes.byteLength);
    const whole = async function* () {
      yield bytes;
    };
    await store.finish(key, await store.write(key, begun, whole(), async () => undefined));
    return key;
  }
}
