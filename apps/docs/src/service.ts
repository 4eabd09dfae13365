import { storeSettings } from '@parvis/blobs/store-of';
import type { Service } from '@parvis/server/service';
import { setting, text } from '@parvis/server/settings';
import { z } from 'zod';
import { takeImports } from './conversion/content.controller.ts';
import { database } from './database.ts';
import { DocsModule } from './docs.module.ts';
import { takeFrames } from './http-sync/http-sync.controller.ts';
import { takeKeptTexts } from './kept-text/kept-text.controller.ts';

export const settings = {
  ...storeSettings,
  /** Days that the log of every change is kept; older ones live on in snapshots and versions. */
  logDays: setting('DOCS_LOG_DAYS', z.coerce.number().int().min(1).default(30)),
  /** The program of a Chromium, which prints PDF. Absent: PDF is off, and the menu says so. */
  chromium: setting('DOCS_CHROMIUM', text.optional()),
  /** `demo` fills the invented ministry's spaces with documents when they have none. */
  seed: setting('DOCS_SEED', z.enum(['demo']).optional()),
};

export const docs: Service<typeof settings> = {
  name: 'docs',
  module: DocsModule,
  database,
  settings,
  http: (fastify) => {
    void takeFrames(fastify);
    void takeKeptTexts(fastify);
    void takeImports(fastify);
  },
};
