import { z } from 'zod';
import { accessRequestsPageMax } from './limits.ts';
import { operation } from './operation.ts';
import { Done, Id, Instant, LineOrNothing, Nothing, Person, ResourceKind } from './shape.ts';

/** Somebody asks to be let in to a thing; who may share it answers. */
export const AccessRequest = z.object({
  id: Id,
  resource: z.object({ id: Id, kind: ResourceKind, title: z.string() }),
  person: Person,
  note: z.string(),
  at: Instant,
});
export type AccessRequest = z.infer<typeof AccessRequest>;

/** Always done, whether there is such a thing or not: who asks learns nothing before they are let in. */
export const askForAccess = operation('POST', '/api/directory/resources/:resourceId/requests', {
  who: 'signed-in',
  summary: 'Ask to be let in to a thing',
  input: z.object({ resourceId: Id, note: LineOrNothing }),
  output: Done,
});
export const listAccessRequests = operation('GET', '/api/directory/requests', {
  who: 'signed-in',
  summary: 'Open requests for access to what I may share, newest first',
  input: Nothing,
  output: z.object({ requests: z.array(AccessRequest).max(accessRequestsPageMax) }),
});
export const answerAccessRequest = operation('POST', '/api/directory/requests/:requestId', {
  who: 'member',
  summary: 'Let somebody in with a role, or not (null)',
  input: z.object({ requestId: Id, role: z.enum(['reader', 'commenter', 'editor']).nullable() }),
  output: Done,
});
