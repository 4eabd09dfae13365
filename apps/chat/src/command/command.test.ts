import { createChannel, listMessages } from '@parvis/contract/chat';
import { createCommand, deleteCommand, listCommands, runCommand } from '@parvis/contract/chat-command';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chat } from '../service.ts';
import { isSignedWith, Receiver } from '../webhook/receiver.kit.ts';

let house: House;
let owner: Visitor;
let member: Visitor;
let channel: string;
let program: Receiver;

beforeAll(async () => {
  house = await aHouse([chat], { PARVIS_OUTBOUND_ALLOW: '127.0.0.1' });
  program = await Receiver.start();
  owner = await house.person();
  member = await house.person({ name: 'Malik' });
  const space = await house.space({ owner, members: [member] });
  channel = (await owner.call(createChannel, { spaceId: space.uid, name: 'Équipe' })).id;
});
afterAll(async () => {
  program?.stop();
  await house?.stop();
});

const add = (word: string, by = owner) =>
  by.call(createCommand, { id: channel, word, hint: '[ville]', url: program.address });
const run = (word: string, args = 'Lyon', by = member) => by.call(runCommand, { id: channel, word, args });

test('its program is asked, signed; what it says to one is theirs alone, what it says to all is a message', async () => {
  const { secret } = await add('météo');
  expect((await member.call(listCommands, { id: channel })).commands).toEqual([
    { word: 'météo', hint: '[ville]' },
  ]);
  program.reply = JSON.stringify({ text: 'Il fait *beau*' });
  expect(await run('météo')).toEqual({ reply: 'Il fait *beau*', posted: false });
  const [asked] = program.heard;
  expect(asked && isSignedWith(secret, asked)).toBe(true);
  expect(asked?.body).toMatchObject({
    type: 'command',
    data: { command: 'météo', args: 'Lyon', person: { name: 'Malik' }, channel: { id: channel } },
  });
  expect((await owner.call(listMessages, { id: channel })).messages).toEqual([]);
  program.reply = JSON.stringify({ response_type: 'in_channel', text: 'Pluie' });
  expect(await run('météo')).toEqual({ reply: null, posted: true });
  expect((await owner.call(listMessages, { id: channel })).messages).toMatchObject([
    { body: 'Pluie', sender: { name: 'Malik' }, via: { kind: 'command', name: '/météo' } },
  ]);
});

test('a program that fails, is away or speaks nonsense is said to have failed', async () => {
  await add('panne');
  program.statuses.push(500);
  await expect(run('panne')).rejects.toMatchObject({ code: 'command-failed' });
  for (const reply of ['<html>', '[]', '{"to":"everybody"}', 'x'.repeat(70_000)]) {
    program.reply = reply;
    await expect(run('panne')).rejects.toMatchObject({ code: 'command-failed' });
  }
  program.reply = '';
  expect(await run('panne')).toEqual({ reply: null, posted: false });
});

test('words of the house are not taken, nor twice; who does not manage adds none; strangers run none', async () => {
  await expect(add('help')).rejects.toMatchObject({ code: 'command-taken' });
  const { command } = await add('deux');
  await expect(add('deux')).rejects.toMatchObject({ code: 'command-taken' });
  for (const word of ['Deux', 'a b', '', '-a', 'a/b'])
    await expect(add(word)).rejects.toMatchObject({ code: 'bad-input' });
  await expect(add('trois', member)).rejects.toMatchObject({ code: 'not-allowed' });
  const stranger = await house.person();
  await expect(run('deux', '', stranger)).rejects.toMatchObject({ code: 'not-found' });
  await expect(run('inconnue')).rejects.toMatchObject({ code: 'command-unknown' });
  await owner.call(deleteCommand, { id: channel, commandId: command.id });
  await expect(run('deux')).rejects.toMatchObject({ code: 'command-unknown' });
});
