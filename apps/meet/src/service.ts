import type { Service } from '@parvis/server/service';
import { database } from './database.ts';
import { MeetModule } from './meet.module.ts';
import { takeWebhooks } from './webhook/webhook.controller.ts';
import { settings } from './settings.ts';

export const meet: Service<typeof settings> = {
  name: 'meet',
  module: MeetModule,
  database,
  settings,
  http: takeWebhooks,
};
