import type { Meeting } from '@parvis/contract/meet';

/** A meeting as this browser is in it: by a session, or by the pass of a guest without an account. */
export interface Visit {
  readonly id: string;
  readonly title: string;
  readonly encrypted: boolean;
  readonly code: string;
  /** Of a guest without an account; absent with a session. */
  readonly pass?: string;
  /** All of it, for people of the house. */
  readonly meeting: Meeting | null;
}

/** The input of operations that a session or a pass opens. */
export const mine = ({ id, pass }: Visit) => ({ id, ...(pass !== undefined && { pass }) });
