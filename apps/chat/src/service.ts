import type { Service } from '@parvis/server/service';
import { ChatModule } from './chat.module.ts';
import { database } from './database.ts';
import { settings } from './settings.ts';

export const chat: Service<typeof settings> = { name: 'chat', module: ChatModule, database, settings };
