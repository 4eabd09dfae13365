import type { Service } from '@parvis/server/service';
import { database } from './database.ts';
import { NotifyModule } from './notify.module.ts';
import { settings } from './settings.ts';

export const notify: Service<typeof settings> = { name: 'notify', module: NotifyModule, database, settings };
