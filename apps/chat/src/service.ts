import type { Service } from '@parvis/server/service';
import { setting } from '@parvis/server/settings';
import { z } from 'zod';
import { ChatModule } from './chat.module.ts';
import { database } from './database.ts';

const settings = {
  /** `demo` fills the demonstration ministry's spaces with channels and a history, once. */
  seed: setting('CHAT_SEED', z.enum(['demo']).optional()),
};
export type ChatSettings = typeof settings;

export const chat: Service<ChatSettings> = { name: 'chat', module: ChatModule, database, settings };
