import type { ServiceSettings } from '@parvis/server/service';
import { setting } from '@parvis/server/settings';
import { z } from 'zod';

/** Settings of the chat service, besides those of the house. */
export const settings = {
  /** `demo` fills the demonstration ministry's spaces with channels and a history, once. */
  seed: setting('CHAT_SEED', z.enum(['demo']).optional()),
  /** Who may add emoji; administrators always may. */
  emoji: setting('CHAT_EMOJI', z.enum(['members', 'administrators']).default('members')),
};
export type ChatSettings = ServiceSettings<typeof settings>;
