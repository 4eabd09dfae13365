import { randomUUID } from 'node:crypto';
import { auditEntries } from '@parvis/access/audit';
import {
  deleteComment,
  listThreads,
  reply,
  resolveThread,
  seeThreads,
  startThread,
  type Thread,
} from '@parvis/contract/doc-comments';
import { restoreDocument } from '@parvis/contract/doc-history';
import { fragmentName } from '@parvis/document/version';
import type { Visitor } from '@parvis/testing/house';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { all, Discussion, marksOf, start, words } from '../testing/discussion.ts';

let talk: Discussion;
let anna: Visitor;
let bruno: Visitor;

beforeAll(async () => {
  talk = await Discussion.open();
  ({ anna, bruno } = talk);
});
afterEach(() => talk.closeEditors());
afterAll(() => talk?.close());

test('open editors hear of each change, in another process too, and catch up by position', async () => {
  const { id, a, text } = await talk.document();
  const b = await talk.editor(bruno, id, { url: talk.second.url }).join();
  const foreign = await talk.editor(bruno, id, { ours: false }).join();
  const screen = new Map<string, Thread>();
  let at = 0;
  const catchUp = async () => {
    for (let next: number | null = at; next !== null; ) {
      const page: Awaited<ReturnType<typeof all>> = await bruno.call(listThreads, {
        id,
        after: next,
        limit: 2,
      });
      for (const thread of page.threads) screen.set(thread.id, thread);
      for (const gone of page.gone) screen.delete(gone);
      at = page.rev;
      next = page.next;
    }
  };
  const { thread } = await start(anna, id, text, 'Un');
  await b.until('told', () => b.commentsRev >= thread.rev);
  await a.until('told', () => a.commentsRev >= thread.rev);
  await catchUp();
  const more = await Promise.all([0, 1, 2, 3].map((i) => start(anna, id, text, `Plus ${i}`, [i, i + 2])));
  const [gone, kept] = more.map((said) => said.thread) as [Thread, Thread];
  await anna.call(deleteComment, { id, threadId: gone.id, commentId: gone.id });
  const answer = { id, threadId: kept.id, commentId: randomUUID() };
  const last = (await anna.call(reply, { ...answer, body: 'Fin' })).thread.rev;
  await b.until('told', () => b.commentsRev >= last);
  await catchUp();
  const fresh = await bruno.call(listThreads, { id, limit: 200 });
  expect([...screen.values()].toSorted((x, y) => x.rev - y.rev)).toEqual(fresh.threads);
  expect(fresh).toMatchObject({ open: 4, resolved: 0, rev: at });
  // A client of y-protocols alone is sent nothing that it does not know.
  expect(foreign.closed).toBeNull();
});

test('comments of others are new until they were seen, and never become new again', async () => {
  const { id, text } = await talk.document();
  const { thread } = await start(anna, id, text, 'Un');
  expect((await all(bruno, id)).seen).toBe(0);
  await bruno.call(seeThreads, { id, rev: thread.rev });
  await bruno.call(seeThreads, { id, rev: 0 });
  expect((await all(bruno, id)).seen).toBe(thread.rev);
  await bruno.call(seeThreads, { id, rev: 1_000_000 });
  expect((await all(bruno, id)).seen).toBe(thread.rev);
  expect((await all(anna, id)).seen).toBe(0);
});

test('with the last comment goes the conversation, its words and its mark', async () => {
  const { id, a, text } = await talk.document();
  const { thread } = await start(bruno, id, text, 'À retirer');
  await a.until('marked', () => marksOf(a.doc).length === 3);
  const input = { id, threadId: thread.id };
  const answered = await anna.call(reply, { ...input, commentId: randomUUID(), body: 'Pourquoi ?' });
  await bruno.call(deleteComment, { ...input, commentId: thread.id });
  const left = (await all(anna, id)).threads[0];
  expect(left?.comments).toMatchObject([{ body: '', deleted: true }, { body: 'Pourquoi ?' }]);
  await anna.call(deleteComment, { ...input, commentId: answered.thread.comments[1]?.id as string });
  expect(await all(anna, id)).toMatchObject({ threads: [], gone: [thread.id], open: 0 });
  await a.until('unmarked', () => marksOf(a.doc).length === 1);
  const stored = await talk.house.db.query<{ body: string }>(
    `select body from docs.comment where body <> '' and thread_id in (select id from docs.thread where uid = $1)`,
    [thread.id],
  );
  expect(stored).toEqual([]);
});

test('a place that is not there, no longer there or empty is refused, and nothing is left of it', async () => {
  const { id, text } = await talk.document();
  const offline = new Y.Doc();
  const elsewhere = offline.getXmlFragment(fragmentName);
  const unknown = new Y.XmlText();
  elsewhere.insert(0, [unknown]);
  unknown.insert(0, 'jamais envoyé');
  await expect(start(anna, id, unknown, 'x')).rejects.toMatchObject({ code: 'anchor-unknown' });
  await expect(start(anna, id, text, 'x', [4, 4])).rejects.toMatchObject({ code: 'anchor-empty' });
  const junk = { id, threadId: randomUUID(), start: 'AAAA', end: '////', body: 'x' };
  await expect(anna.call(startThread, junk)).rejects.toMatchObject({ code: 'anchor-unknown' });
  expect(await all(anna, id)).toMatchObject({ threads: [], rev: 0 });
});

test('after a restore the conversation is there with its words, though its text is gone', async () => {
  const { id, text } = await talk.document();
  const [{ seq } = { seq: 0 }] = await talk.house.db.query<{ seq: number }>(
    'select last_seq::float8 as seq from docs.document where uid = $1',
    [id],
  );
  const { thread } = await start(anna, id, text, 'Avant');
  await anna.call(restoreDocument, { id, seq });
  const now = await talk.editor(anna, id).join();
  expect(marksOf(now.doc)).toEqual([{ text: words, threads: [] }]);
  expect((await all(anna, id)).threads).toMatchObject([{ id: thread.id, quote: 'marché' }]);
});

test('each change is in the journal, without its words', async () => {
  const { id, text } = await talk.document();
  const { thread } = await start(anna, id, text, 'Secret');
  await anna.call(resolveThread, { id, threadId: thread.id, resolved: true });
  const [row] = await talk.house.db.query<{ id: number }>(
    'select resource_id::float8 as id from docs.document where uid = $1',
    [id],
  );
  const entries = await auditEntries(talk.house.db, { resourceId: row?.id ?? 0, limit: 10 });
  const about = entries.filter(({ action }) => action.startsWith('comment.'));
  expect(about.map(({ action }) => action)).toEqual(['comment.resolved', 'comment.started']);
  expect(JSON.stringify(about)).not.toContain('Secret');
  expect(about.every(({ actorId }) => actorId === anna.person.id)).toBe(true);
});
