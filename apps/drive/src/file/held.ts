import type { Db } from '@parvis/access/db';
import { heldOf } from '@parvis/access/held';
import { roles, type Seen } from '@parvis/access/read';
import type { Caller } from '@parvis/server/caller';
import type { FileFacts } from './files.ts';

/** A file whose bytes another service keeps; it is shown here and taken there. */
export interface HeldFile extends FileFacts {
  /** Where the bytes are asked for, on the one origin. */
  readonly path: string;
  readonly keptUntil: string | null;
  readonly meetingId: string | null;
}

/** Null for what is no file that another service keeps. */
export function heldFile({ id, uid, kind, meta }: Seen): HeldFile | null {
  const held = kind === 'file' ? heldOf(meta) : null;
  if (held === null || held.bytes === null || !held.bytes.path.startsWith('/api/')) return null;
  const { mediaType, sizeBytes } = meta;
  return {
    id,
    uid,
    sizeBytes: typeof sizeBytes === 'number' ? sizeBytes : 0,
    mediaType: typeof mediaType === 'string' ? mediaType : 'application/octet-stream',
    sha256: held.bytes.sha256,
    // It was made in this house and never came from outside.
    verdict: 'off',
    path: held.bytes.path,
    keptUntil: held.until,
    meetingId: held.of,
  };
}

/**
 * The same without what belongs to a thing that the person may not see, wherever it was moved and with whomever it was
 * shared; somebody who comes by a public link alone has a right to nothing of that kind.
 */
export async function withoutHidden(
  db: Db,
  caller: Caller | null,
  seen: readonly Seen[],
): Promise<readonly Seen[]> {
  const of = (one: Seen) => heldOf(one.meta)?.of ?? null;
  const things = [...new Set(seen.flatMap((one) => of(one) ?? []))];
  if (things.length === 0) return seen;
  const mine = caller === null ? new Map<string, unknown>() : await roles(db, caller, things);
  return seen.filter((one) => {
    const thing = of(one);
    return thing === null || mine.has(thing);
  });
}
