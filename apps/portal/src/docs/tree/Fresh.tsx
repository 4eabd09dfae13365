'use client';
import { useFresh } from './useNotices.ts';

/** For a page that the server draws: it is drawn again when one of these things changed elsewhere. */
export function Fresh({ ids }: { ids: readonly string[] }) {
  useFresh(ids);
  return null;
}
