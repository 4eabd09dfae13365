import { z } from 'zod';
import { operation } from './operation.ts';
import { Nothing } from './shape.ts';

export const PartStatus = z.object({
  name: z.string(),
  state: z.enum(['up', 'down', 'off']),
  /** Stable code of what stands here: postgres-embedded, keycloak, store-folder, clamav-off … */
  detail: z.string(),
  standIn: z.boolean(),
});
export const getStatus = operation('GET', '/api/directory/status', {
  who: 'administrator',
  summary: 'The parts of the house and the stand-ins among them',
  input: Nothing,
  output: z.object({
    profile: z.enum(['embedded', 'full']),
    version: z.string(),
    parts: z.array(PartStatus),
  }),
});
export type PartStatus = z.infer<typeof PartStatus>;
