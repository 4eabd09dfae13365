import { z } from 'zod';
import { Id, Name } from './shape.ts';

/**
 * Documents by plain requests, for networks that let no WebSocket through. `POST` to this path carries the messages
 * that a socket would carry (docs.ts) in both bodies, each as one unmasked WebSocket frame (RFC 6455 §5.2), and every
 * answer says with {@link cursorHeader} how far in the document's log it reaches.
 *
 * A client makes up one id per connection. Its first request carries a sync step 1, each later one says `after` with
 * the highest cursor it was told. A request with updates is answered when they are on disk or refused; one with
 * `wait=1` when there is something to say, or with nothing after {@link syncWaitMsMax}. Requests may reach any
 * process. One that fails ends the connection: the client begins anew under another id, and sends again what was not
 * acknowledged, which Yjs takes twice without harm.
 */
export const syncPath = '/api/docs/:id/sync';
export const framesType = 'application/vnd.parvis.frames';
export const cursorHeader = 'parvis-cursor';

/** Milliseconds that a request waits for news. */
export const syncWaitMsMax = 25_000;

export const SyncQuery = z.object({
  client: Id,
  after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
  wait: z.enum(['0', '1']).optional(),
  epoch: Id.optional(),
  schema: z.coerce.number().int().min(0).max(1_000_000).optional(),
  link: z.string().max(100).optional(),
});
export type SyncQuery = z.infer<typeof SyncQuery>;

/**
 * `POST` with {@link updateType}: a document of the caller's own from a text that could not be merged, as one Yjs update
 * (v1) of at most `keptTextBytesMax`. It is made where the document of the path is; the answer is a `Document`.
 */
export const keptTextPath = '/api/docs/:id/kept-text';
export const updateType = 'application/vnd.yjs.update';

export const KeptTextQuery = z.object({ title: Name });
