import { randomUUID } from 'node:crypto';
import { createChannel, listMessages, postMessage } from '@parvis/contract/chat';
import { addToChannel, changeChannel, leaveChannel } from '@parvis/contract/chat-channel';
import { openDirect } from '@parvis/contract/chat-direct';
import {
  decideHouseReport,
  decideReport,
  hideMessage,
  listHouseReports,
  listReports,
  reportMessage,
  unhideMessage,
} from '@parvis/contract/chat-moderation';
import type { Served } from '@parvis/server/serve';
import { aHouse, type House, Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chat } from '../service.ts';
import { aScreen } from '../testing/screen.ts';

let house: House;
let second: Served;
let manager: Visitor;
let writer: Visitor;
let reader: Visitor;
let administrator: Visitor;
let spaceId: string;

beforeAll(async () => {
  house = await aHouse([chat]);
  second = await house.another(chat);
  [manager, writer, reader, administrator] = await Promise.all([
    house.person({ name: 'Maud' }),
    house.person({ name: 'Walid' }),
    house.person({ name: 'Rose' }),
    house.person({ name: 'Ada', administrator: true }),
  ]);
  spaceId = (await house.space({ owner: manager, members: [writer, reader] })).uid;
});
afterAll(async () => {
  await second?.close();
  await house?.stop();
});

const say = (by: Visitor, id: string, body: string, clientId: string = randomUUID()) =>
  by.call(postMessage, { id, clientId, body });
const textOf = async (by: Visitor, id: string, seq: number) =>
  (await by.call(listMessages, { id })).messages.find((one) => one.seq === seq);

test('a reported message is shown to the managers as it was, hidden for all on their screens, and shown again', async () => {
  const { id } = await manager.call(createChannel, { spaceId, name: 'débat' });
  const { seq } = await say(writer, id, 'une insulte');
  const screen = await aScreen(house.urlOf('chat'), reader.cookie);
  screen.follow(id);
  await screen.until('the message', () => screen.bodies(id).includes('une insulte'));

  await reader.call(reportMessage, { id, seq, reason: 'insult', note: 'Blessant' });
  await expect(reader.call(listReports, { id })).rejects.toMatchObject({ code: 'not-allowed' });
  const [report] = (await manager.call(listReports, { id })).reports;
  expect(report).toMatchObject({
    seq,
    body: 'une insulte',
    reason: 'insult',
    note: 'Blessant',
    state: 'open',
    sender: { name: 'Walid' },
    reporter: { name: 'Rose' },
  });
  await expect(
    writer.call(decideReport, { id, reportId: report?.id as string, decision: 'dismiss' }),
  ).rejects.toMatchObject({ code: 'not-allowed' });
  expect(
    await manager.call(decideReport, { id, reportId: report?.id as string, decision: 'hide' }),
  ).toMatchObject({
    state: 'hidden',
    decidedBy: { name: 'Maud' },
  });
  await screen.until('the hiding', () => !screen.bodies(id).includes('une insulte'));
  for (const by of [reader, writer, manager])
    expect(await textOf(by, id, seq)).toMatchObject({ hidden: true, body: '' });
  await expect(reader.call(reportMessage, { id, seq, reason: 'spam' })).rejects.toMatchObject({
    code: 'not-found',
  });

  await expect(reader.call(unhideMessage, { id, seq })).rejects.toMatchObject({ code: 'not-allowed' });
  expect(await manager.call(unhideMessage, { id, seq })).toMatchObject({
    hidden: false,
    body: 'une insulte',
  });
  await screen.until('the text again', () => screen.bodies(id).includes('une insulte'));
  expect(screen.holes).toBe(0);
  screen.cut();
  const journal = await house.db.query<{ action: string }>(
    `select a.action from access.audit a join access.resource r on r.id = a.resource_id
      where r.uid = $1 and a.action like 'message.%' order by a.id`,
    [id],
  );
  expect(journal.map(({ action }) => action)).toEqual([
    'message.reported',
    'message.hidden',
    'message.shown',
  ]);
});

test('what is reported in a conversation reaches the administrators: that message, and nothing else of it', async () => {
  const { id } = await writer.call(openDirect, { personIds: [reader.person.uid] });
  await say(writer, id, 'rien de grave');
  const { seq } = await say(writer, id, 'une menace');
  await reader.call(reportMessage, { id, seq, reason: 'illegal' });
  await expect(reader.call(listReports, { id })).rejects.toMatchObject({ code: 'not-allowed' });
  for (const by of [manager, reader])
    await expect(by.call(listHouseReports, {})).rejects.toMatchObject({ code: 'not-allowed' });
  const { reports } = await administrator.call(listHouseReports, {});
  expect(reports.map(({ body }) => body)).toEqual(['une menace']);
  await expect(administrator.call(listMessages, { id })).rejects.toMatchObject({ code: 'not-found' });
  await administrator.call(decideHouseReport, { reportId: reports[0]?.id as string, decision: 'hide' });
  expect(await textOf(reader, id, seq)).toMatchObject({ hidden: true, body: '' });
});

test('an administrator does not decide in channels, and nobody reports what they may not read', async () => {
  const { id } = await manager.call(createChannel, { spaceId, name: 'clos', channelKind: 'private' });
  const { seq } = await say(manager, id, 'entre nous');
  for (const by of [writer, administrator]) {
    for (const op of [hideMessage, unhideMessage])
      await expect(by.call(op, { id, seq })).rejects.toMatchObject({ code: 'not-found' });
    await expect(by.call(reportMessage, { id, seq, reason: 'spam' })).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(by.call(listReports, { id })).rejects.toMatchObject({ code: 'not-found' });
  }
  await manager.call(addToChannel, { id, personIds: [writer.person.uid] });
  await writer.call(reportMessage, { id, seq, reason: 'other' });
  const [report] = (await manager.call(listReports, { id })).reports;
  await expect(
    administrator.call(decideHouseReport, { reportId: report?.id as string, decision: 'hide' }),
  ).rejects.toMatchObject({ code: 'not-found' });
});

test('slow mode spaces out the messages of one person over all processes, and no manager’s', async () => {
  const { id } = await manager.call(createChannel, { spaceId, name: 'lent' });
  const elsewhere = new Visitor(writer.person, writer.cookie, () => second.url);
  await manager.call(changeChannel, { id, slowSeconds: 3_600 });
  const answers = await Promise.allSettled(
    Array.from({ length: 8 }, (_, nr) => say(nr % 2 ? writer : elsewhere, id, `essai ${nr}`)),
  );
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const answer of answers)
    if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'slow-mode' });
  // Another person has a clock of their own; the same message sent again is no second one.
  const clientId = randomUUID();
  const first = await say(reader, id, 'ma part', clientId);
  expect((await say(reader, id, 'ma part', clientId)).seq).toBe(first.seq);
  await expect(say(reader, id, 'encore')).rejects.toMatchObject({ code: 'slow-mode' });
  await say(manager, id, 'un');
  await say(manager, id, 'deux');
  await manager.call(changeChannel, { id, slowSeconds: 0 });
  await say(reader, id, 'enfin');
});

test('who comes, goes, and what a channel is called is told in its log', async () => {
  const { id } = await manager.call(createChannel, { spaceId, name: 'registre' });
  await manager.call(changeChannel, { id, title: 'registre public', topic: 'les entrées' });
  await writer.call(leaveChannel, { id });
  await manager.call(addToChannel, { id, personIds: [writer.person.uid] });
  const { notices } = await reader.call(listMessages, { id });
  expect(
    notices.map(({ what, by, text, people }) => [what, by.name, text ?? people[0]?.name ?? null]),
  ).toEqual([
    ['renamed', 'Maud', 'registre public'],
    ['topic', 'Maud', 'les entrées'],
    ['left', 'Walid', null],
    ['added', 'Maud', 'Walid'],
  ]);
});
