import type { BlockDifference } from '@parvis/contract/doc-history';

/** What became of a block between two moments, as the contract's `BlockDifference` says it. */
export type Change = Pick<BlockDifference, 'change' | 'moved' | 'recast' | 'by'>;

/** What a text to be read needs from the page that shows it. */
export interface ReadingContext {
  /** Where the bytes at an address of ours are asked for, with the key of a link where the reader came by one. */
  readonly urlOf: (url: string) => string;
  readonly words: {
    readonly done: string;
    readonly open: string;
    readonly inserted: string;
    readonly deleted: string;
  };
  /** MathML of a formula; without it the TeX itself is shown. `block`: on a line of its own. */
  readonly renderTex?: (tex: string, block: boolean) => string;
  /** Where a mention leads, or null for plain words. */
  readonly wayTo?: (kind: string, ref: string) => string | null;
  /** Of a text that shows what changed: by block. */
  readonly changes?: ReadonlyMap<string, Change> | undefined;
  /** Who added, removed or wrote something, in words. */
  readonly told?: (what: 'added' | 'removed' | 'written' | 'moved' | 'recast', by: string | null) => string;
  /** The colour of a person. */
  readonly hueOf?: (by: string) => number;
}

/** Adds the key of a link to addresses of files; all others stay. */
export function withKey(link: string | undefined): (url: string) => string {
  return (url) => {
    if (link === undefined || !url.startsWith('/api/drive/')) return url;
    return `${url}${url.includes('?') ? '&' : '?'}link=${encodeURIComponent(link)}`;
  };
}
