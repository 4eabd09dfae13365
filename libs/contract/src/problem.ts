import { z } from 'zod';

/** One field of the input that was refused. `code` is stable; the portal has a sentence for it. */
export const ProblemField = z.object({ path: z.string(), code: z.string() });

/** RFC 9457 problem details, with a stable `code` that the portal translates. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  requestId: z.string().optional(),
  fields: z.array(ProblemField).optional(),
});
export type Problem = z.infer<typeof Problem>;

/** Codes that any operation may answer. Domains add their own, listed beside their operations. */
export const commonCodes = [
  'bad-input',
  'bad-json',
  'body-too-large',
  'wrong-content-type',
  'not-found',
  'no-session',
  'not-allowed',
  'scope-missing',
  'foreign-origin',
  'too-many-requests',
  'unavailable',
  'internal',
] as const;
