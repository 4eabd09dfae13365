import type { Service } from '@parvis/server/service';
import { database } from './database.ts';
import { NotifyModule } from './notify.module.ts';

export const notify: Service = { name: 'notify', module: NotifyModule, database };
