import { randomUUID } from 'node:crypto';
import { grant } from '@parvis/access/grants';
import {
  editComment,
  deleteComment,
  listEdits,
  listMentionable,
  react,
  reply,
  resolveThread,
  startThread,
} from '@parvis/contract/doc-comments';
import type { Visitor } from '@parvis/testing/house';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { all, Discussion, firstText, marksOf, place, start, words } from '../testing/discussion.ts';

let talk: Discussion;
let anna: Visitor;
let bruno: Visitor;
let commenter: Visitor;
let reader: Visitor;
let stranger: Visitor;

beforeAll(async () => {
  talk = await Discussion.open();
  ({ anna, bruno, commenter, reader, stranger } = talk);
});
afterEach(() => talk.closeEditors());
afterAll(() => talk?.close());

test('a commenter who may not write anchors a conversation, and both see mark and words', async () => {
  const { id, a, text } = await talk.document();
  const c = await talk.editor(commenter, id).join();
  expect(c.states.at(-1)?.right).toBe('read');
  const { thread } = await start(commenter, id, firstText(c.doc), 'Lequel ?');
  expect(thread).toMatchObject({ quote: 'marché', resolved: null });
  expect(thread.comments).toMatchObject([{ author: { id: commenter.person.uid }, body: 'Lequel ?' }]);
  await a.until('marked', () => marksOf(a.doc).some(({ threads }) => threads.includes(thread.id)));
  expect(marksOf(a.doc)).toEqual([
    { text: 'Le ', threads: [] },
    { text: 'marché', threads: [thread.id] },
    { text: ' est clos.', threads: [] },
  ]);
  expect(text.toString().replaceAll(/<[^>]+>/g, '')).toBe(words);
  await c.until('marked', () => marksOf(c.doc).length === 3);
  expect((await all(reader, id)).threads).toEqual([thread]);
});

test('strangers learn nothing, readers read and do not write', async () => {
  const { id, text } = await talk.document();
  const { thread } = await start(anna, id, text, 'Bonjour');
  const input = { id, threadId: thread.id, commentId: thread.id };
  const acts = (who: Visitor) => [
    () => start(who, id, text, 'x'),
    () => who.call(reply, { ...input, commentId: randomUUID(), body: 'x' }),
    () => who.call(react, { ...input, emoji: '👍', on: true }),
    () => who.call(resolveThread, { ...input, resolved: true }),
    () => who.call(listMentionable, { id, q: 'a' }),
  ];
  for (const act of acts(stranger)) await expect(act()).rejects.toMatchObject({ code: 'not-found' });
  await expect(all(stranger, id)).rejects.toMatchObject({ code: 'not-found' });
  await expect(stranger.call(listEdits, input)).rejects.toMatchObject({ code: 'not-found' });
  for (const act of acts(reader)) await expect(act()).rejects.toMatchObject({ code: 'not-allowed' });
  expect((await all(reader, id)).threads).toHaveLength(1);
  // A conversation of another document is not reached through one's own.
  const other = await talk.document();
  await expect(
    bruno.call(reply, { ...input, id: other.id, commentId: randomUUID(), body: 'x' }),
  ).rejects.toMatchObject({
    code: 'not-found',
  });
});

test('the author is who asks, and only they change what they said', async () => {
  const { id, text } = await talk.document();
  const forged = await bruno.fetch(`/api/docs/${id}/threads`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      threadId: randomUUID(),
      start: place(text, 0),
      end: place(text, 2),
      body: 'Moi',
      author: anna.person.uid,
      authorId: anna.person.id,
    }),
  });
  const made = (await all(anna, id)).threads;
  if (forged.ok) expect(made[0]?.comments[0]?.author.id).toBe(bruno.person.uid);
  else expect(made).toEqual([]);
  const { thread } = await start(bruno, id, text, 'Moi');
  const input = { id, threadId: thread.id, commentId: thread.id };
  await expect(anna.call(editComment, { ...input, body: 'Faux' })).rejects.toMatchObject({
    code: 'not-allowed',
  });
  await expect(anna.call(deleteComment, input)).rejects.toMatchObject({ code: 'not-allowed' });
  await expect(commenter.call(resolveThread, { ...input, resolved: true })).rejects.toMatchObject({
    code: 'not-allowed',
  });
  const { thread: edited } = await bruno.call(editComment, { ...input, body: 'Moi-même' });
  expect(edited.comments[0]).toMatchObject({ body: 'Moi-même', editedAt: expect.any(String) });
  expect((await anna.call(listEdits, input)).edits).toMatchObject([{ body: 'Moi' }]);
  const { resolved } = await anna.call(resolveThread, { ...input, resolved: true });
  expect(resolved?.by.id).toBe(anna.person.uid);
  const { thread: again } = await commenter.call(reply, { ...input, commentId: randomUUID(), body: 'Non' });
  expect(again.resolved).toBeNull();
});

test('a repeated request makes one conversation, one comment, one reaction', async () => {
  const { id, text } = await talk.document();
  const ask = { id, threadId: randomUUID(), start: place(text, 0), end: place(text, 2), body: 'Une fois' };
  const [one, two] = [await anna.call(startThread, ask), await anna.call(startThread, ask)];
  expect(two.thread).toEqual(one.thread);
  await expect(bruno.call(startThread, ask)).rejects.toMatchObject({ code: 'comment-id-taken' });
  const answer = { id, threadId: ask.threadId, commentId: randomUUID(), body: 'Deux' };
  await bruno.call(reply, answer);
  const { thread } = await bruno.call(reply, answer);
  expect(thread.comments.map(({ body }) => body)).toEqual(['Une fois', 'Deux']);
  const reaction = { ...answer, emoji: '🎉', on: true };
  await anna.call(react, reaction);
  const { comments } = await anna.call(react, reaction);
  expect(comments[1]?.reactions).toMatchObject([{ emoji: '🎉', people: [{ id: anna.person.uid }] }]);
  await expect(anna.call(react, { ...reaction, emoji: 'oui' })).rejects.toMatchObject({ code: 'bad-input' });
  const off = await anna.call(react, { ...reaction, on: false });
  expect(off.comments[1]?.reactions).toEqual([]);
});

test('who may not see the document is not mentioned to effect, and the author is told', async () => {
  const { id, text } = await talk.document();
  const body = `<@${reader.person.uid}> et <@${stranger.person.uid}>, <@${randomUUID()}>`;
  const { thread, unreached } = await start(anna, id, text, body);
  expect(thread.comments[0]?.mentions.map((one) => one.id)).toEqual([reader.person.uid]);
  expect(unreached.map((one) => one.id)).toEqual([stranger.person.uid]);
  const { people } = await anna.call(listMentionable, { id, q: 'Nour' });
  expect(people).toMatchObject([{ person: { id: reader.person.uid }, sees: true }]);
  expect((await anna.call(listMentionable, { id, q: 'Lointain' })).people).toMatchObject([{ sees: false }]);
  const guest = await talk.house.person({ kind: 'guest' });
  const role = { resourceUid: id, subjectId: guest.person.id, role: 'commenter' as const };
  await grant(talk.house.db, role, anna.person.id);
  expect((await guest.call(listMentionable, { id, q: 'Nour' })).people).toEqual([]);
  expect((await guest.call(listMentionable, { id, q: 'Anna' })).people).toMatchObject([{ sees: true }]);
});
