import type { Keeping } from './local/local-text.ts';

export interface DocumentStatus {
  /** `waiting`: nothing answers, and it is tried again. `ended`: the session is over. */
  readonly link: 'connecting' | 'open' | 'waiting' | 'ended';
  /** True once there is a text to show: this browser's copy, or the server's. */
  readonly synced: boolean;
  readonly right: 'write' | 'read';
  /** Changes that are not yet on the server's disk, those of earlier visits with them. */
  readonly unsaved: number;
  /** Code of the last refusal, until everything is saved. */
  readonly refused: string | null;
  /** The document is no longer open to this person, was replaced, or needs a newer page. */
  readonly gone: 'not-found' | 'wrong-epoch' | 'schema-too-old' | null;
  /** Whether this browser keeps what is written while there is no connection. */
  readonly keeping: Keeping;
}

/** What changes seldom: what is drawn from it is not drawn anew with every letter. */
export type DocumentStanding = Omit<DocumentStatus, 'unsaved'>;
