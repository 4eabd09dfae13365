import type { ServiceSettings } from '@parvis/server/service';
import { setting } from '@parvis/server/settings';
import { z } from 'zod';

/** Settings of the chat service, besides those of the house. */
export const settings = {
  /** `demo` fills the demonstration ministry's spaces with channels and a history, once. */
  seed: setting('CHAT_SEED', z.enum(['demo']).optional()),
  /** `off`: links in messages are not looked at. What may be called at all is PARVIS_OUTBOUND's to say. */
  previews: setting('CHAT_PREVIEWS', z.enum(['on', 'off']).default('on')),
  /** Where drive answers exports of this service; the house's own address when absent. */
  driveUrl: setting('CHAT_DRIVE_URL', z.url().optional()),
  /** Who may add emoji; administrators always may. */
  emoji: setting('CHAT_EMOJI', z.enum(['members', 'administrators']).default('members')),
};
export type ChatSettings = ServiceSettings<typeof settings>;
