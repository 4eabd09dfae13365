'use client';
import { call } from '@parvis/contract/call';
import {
  deleteComment,
  editComment,
  react,
  reply,
  resolveThread,
  startThread,
  type Thread,
} from '@parvis/contract/doc-comments';
import { Refusal } from '@parvis/contract/refusal';
import type { Person } from '@parvis/contract/shape';
import { nameList } from '@parvis/ui/format';
import { toast } from '@parvis/ui/Toast';
import { useLocale, useTranslations } from 'next-intl';
import { useProblem } from '../../problems/useProblem.ts';
import type { DocumentConnection } from '../connection.ts';
import type { CommentBook, Range } from './book.ts';

/** Milliseconds between two looks whether the text that is commented on is on the server, and how many. */
const lookMs = 250;
const looksMax = 20;

const pause = () => new Promise((resolve) => setTimeout(resolve, lookMs));

/** What a person can do in conversations; each says why when it did not come to pass, and then throws. */
export function useCommentActs(documentId: string, book: CommentBook, connection: DocumentConnection) {
  const t = useTranslations('docsComments');
  const locale = useLocale();
  const problem = useProblem();
  async function attempt(act: () => Promise<Thread | null>): Promise<void> {
    try {
      const thread = await act();
      if (thread !== null) book.take(thread);
    } catch (error) {
      toast(problem(error), { tone: 'bad' });
      throw error;
    }
  }
  const said = (answer: { thread: Thread; unreached: Person[] }): Thread => {
    const names = answer.unreached.map(({ name }) => name);
    if (names.length > 0)
      toast(t('unreached', { names: nameList(names, locale), count: names.length }), { tone: 'bad' });
    return answer.thread;
  };
  /** The server must have the words first: what is on its way is waited for. */
  async function start({ start: from, end }: Range, body: string): Promise<Thread> {
    const threadId = crypto.randomUUID();
    for (let looks = 0; ; looks++) {
      if (connection.status().unsaved > 0 && looks < looksMax) {
        await pause();
        continue;
      }
      try {
        return said(await call(startThread, { id: documentId, threadId, start: from, end, body }));
      } catch (error) {
        if (!(error instanceof Refusal) || error.code !== 'anchor-unknown' || looks >= looksMax) throw error;
        await pause();
      }
    }
  }
  const of = (thread: Thread, commentId: string) => ({ id: documentId, threadId: thread.id, commentId });
  return {
    start: (range: Range, body: string) =>
      attempt(async () => {
        const thread = await start(range, body);
        book.begin(null);
        book.choose(thread.id);
        return thread;
      }),
    reply: (thread: Thread, body: string) =>
      attempt(async () => said(await call(reply, { ...of(thread, crypto.randomUUID()), body }))),
    edit: (thread: Thread, commentId: string, body: string) =>
      attempt(async () => said(await call(editComment, { ...of(thread, commentId), body }))),
    remove: (thread: Thread, commentId: string) =>
      attempt(async () => {
        await call(deleteComment, of(thread, commentId));
        await book.refresh();
        return null;
      }),
    resolve: (thread: Thread, resolved: boolean) =>
      attempt(() => call(resolveThread, { id: documentId, threadId: thread.id, resolved })),
    react: (thread: Thread, commentId: string, emoji: string, on: boolean) =>
      attempt(() => call(react, { ...of(thread, commentId), emoji, on })),
  };
}
export type CommentActs = ReturnType<typeof useCommentActs>;
