/** What the house tells the page that draws a meeting, each time that the page brings what it drew. */
export interface Orders {
  /** Who may be seen: uids of people, ids of guests. Everybody else is a name. */
  readonly agreed: readonly string[];
  /** Set when the picture ends, and at which moment (Unix ms). */
  readonly until: number | null;
}

/** What a page needs to come into the room, and how it is to draw. */
export interface Way {
  readonly url: string;
  readonly token: string;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly framesPerSecond: number;
  readonly bitsPerSecond: number;
  readonly direction: 'ltr' | 'rtl';
  /** Below the name of somebody who is not recorded, and in a room in which nobody is. */
  readonly words: { readonly notRecorded: string; readonly empty: string };
}

/** Kinds of records: a picture that stands alone, one that builds on those before, and the end in good order. */
export const recordKinds = { key: 1, delta: 0, end: 2 } as const;
/** Bytes before the data of a record: its size (u32), its kind (u8), its moment (f64, Unix ms), little-endian. */
export const recordHeadBytes = 13;
