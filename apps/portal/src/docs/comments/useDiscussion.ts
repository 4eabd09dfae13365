'use client';
import { useSyncExternalStore } from 'react';
import type { CommentBook, Discussion } from './book.ts';

export function useDiscussion(book: CommentBook): Discussion {
  return useSyncExternalStore(book.subscribe, book.now, book.now);
}
