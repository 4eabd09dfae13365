import { randomUUID } from 'node:crypto';
import { trash } from '@parvis/access/moving';
import { createChannel, postMessage } from '@parvis/contract/chat';
import { deleteMessage, editMessage } from '@parvis/contract/chat-message';
import { openDirect } from '@parvis/contract/chat-direct';
import { chatExportPath } from '@parvis/contract/content-path';
import { dropChatExport, listChatExports, placeHold, startChatExport } from '@parvis/contract/chat-retention';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { freePort } from '@parvis/testing/ports';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drive } from '../../apps/drive/src/service.ts';
import { upload } from '../../apps/drive/src/testing/tus-client.ts';
import { chat } from '../../apps/chat/src/service.ts';
import { load, type Loaded } from './mattermost.ts';

let house: House;
let owner: Visitor;
let amina: Visitor;
let administrator: Visitor;
let spaceId: string;

beforeAll(async () => {
  const port = await freePort();
  house = await aHouse([chat, drive], {
    DRIVE_PORT: String(port),
    CHAT_DRIVE_URL: `http://127.0.0.1:${port}`,
  });
  [owner, amina, administrator] = await Promise.all([
    house.person({ name: 'Odile Durand' }),
    house.person({ name: 'أمينة' }),
    house.person({ name: 'Ada', administrator: true }),
  ]);
  spaceId = (await house.space({ owner, members: [amina], name: 'Marchés publics' })).uid;
});
afterAll(() => house?.stop());

const say = (by: Visitor, id: string, body: string, threadSeq?: number) =>
  by.call(postMessage, {
    id,
    clientId: randomUUID(),
    body,
    ...(threadSeq === undefined ? {} : { threadSeq }),
  });

/** As the log keeps it: a file that came with a message. */
async function attach(id: string, seq: number, file: { id: string; name: string }): Promise<void> {
  await house.db.query(
    `update chat.message set content = jsonb_build_object('files', jsonb_build_array($3::jsonb))
      where channel_id = (select resource_id from chat.channel where uid = $1) and seq = $2`,
    [id, seq, JSON.stringify({ ...file, type: 'text/plain', bytes: 1 })],
  );
}

async function exported(input: Parameters<typeof startChatExport.input.parse>[0]): Promise<Loaded> {
  const { id } = await administrator.call(startChatExport, startChatExport.input.parse(input));
  const state = async () =>
    (await administrator.call(listChatExports, {})).exports.find((one) => one.id === id)?.state;
  await expect.poll(state).toBe('done');
  const answer = await administrator.fetch(chatExportPath(id));
  expect(answer.headers.get('content-type')).toBe('application/zip');
  return load(Buffer.from(await answer.arrayBuffer()));
}

test('another system reads back channels, people, answers, reactions, pins and files, in three scripts', async () => {
  const { id } = await owner.call(createChannel, { spaceId, name: 'Suivi été', topic: 'Où en est-on ?' });
  const root = await say(owner, id, `Bonjour @[أمينة](person/${amina.person.uid}), le plan ?`);
  await say(amina, id, 'نعم، **جاهز**', root.seq);
  const withFile = await say(amina, id, 'ci-joint');
  const file = await upload(
    amina,
    { parentId: spaceId, name: 'plan.txt', type: 'text/plain' },
    Buffer.from('le plan'),
  );
  await attach(id, withFile.seq, { id: file, name: 'plan.txt' });
  const lost = await say(owner, id, 'sans son fichier');
  await attach(id, lost.seq, { id: randomUUID(), name: 'perdu.pdf' });
  await house.db.query(
    `insert into chat.reaction (channel_id, seq, emoji, person_id)
     select resource_id, $2, '👍', $3 from chat.channel where uid = $1`,
    [id, root.seq, amina.person.id],
  );

  const loaded = await exported({ heldChannelIds: [id], reason: 'Dossier 2026-11' });
  const [where] = [...loaded.channels].find(([, channel]) => channel.display === 'Suivi été') ?? [];
  expect(loaded.channels.get(where as string)).toMatchObject({ type: 'O', header: 'Où en est-on ?' });
  expect([...loaded.teams.values()]).toEqual(['Marchés publics']);
  const names = new Map([...loaded.users].map(([name, { email }]) => [email, name]));
  const [odileName, aminaName] = [names.get(owner.person.email), names.get(amina.person.email)];
  const posts = loaded.posts.get(where as string) ?? [];
  expect(posts.map(({ user, message }) => [user, message])).toEqual([
    [odileName, `Bonjour @${aminaName}, le plan ?`],
    [aminaName, 'ci-joint'],
    [odileName, 'sans son fichier'],
  ]);
  expect(posts[0]?.replies).toMatchObject([{ user: aminaName, message: 'نعم، **جاهز**' }]);
  expect(posts[0]?.reactions).toMatchObject([{ user: aminaName, emoji_name: '+1' }]);
  expect(posts[0]?.create_at).toBe(Date.parse(root.at));
  const [attachment] = posts[1]?.attachments ?? [];
  expect(String(loaded.files.get(attachment?.path ?? ''))).toBe('le plan');
  expect(posts[2]?.attachments).toBeUndefined();
  expect(posts[2]?.props.parvis['missing_files']).toEqual(['perdu.pdf']);
  // The links by which the files were read are gone.
  expect(await house.db.query('select 1 from access.link')).toEqual([]);
});

test('conversations are direct channels of their people; what a person wrote goes without the words of others', async () => {
  const { id } = await owner.call(openDirect, { personIds: [amina.person.uid] });
  await say(owner, id, 'à toi seule');
  await say(amina, id, 'merci');
  const whole = await exported({ heldChannelIds: [id], reason: 'Dossier' });
  const direct = [...whole.posts].find(([where]) => !where.includes('/'));
  expect(direct?.[1].map(({ message }) => message)).toEqual(['à toi seule', 'merci']);

  const part = await exported({ heldPersonId: amina.person.uid, reason: 'Dossier' });
  const words = [...part.posts.values()].flat().map(({ message }) => message);
  expect(words).toContain('merci');
  expect(words).not.toContain('à toi seule');
  expect(words).not.toContain('sans son fichier');
});

test('under a hold, former texts, deleted messages and a channel deleted for good are in the export', async () => {
  const { id } = await owner.call(createChannel, { spaceId, name: 'Litige' });
  const { seq } = await say(owner, id, 'version zéro');
  await owner.call(editMessage, { id, seq, body: 'première version' });
  await administrator.call(placeHold, { heldChannelId: id, reason: 'Affaire 12' });
  const gone = await say(amina, id, 'à effacer');
  await owner.call(editMessage, { id, seq, body: 'deuxième version' });
  await amina.call(deleteMessage, { id, seq: gone.seq });
  const posts = [...(await exported({ heldChannelIds: [id], reason: 'Affaire 12' })).posts.values()].flat();
  expect(posts.map(({ message }) => message)).toEqual(['deuxième version', 'à effacer']);
  expect(posts[0]?.props.parvis['originals']).toMatchObject([
    { body: 'version zéro', why: 'edited' },
    { body: 'première version', why: 'edited' },
  ]);
  expect(posts[1]?.props.parvis['deleted_at']).toBeGreaterThan(0);

  await trash(house.db, id, owner.person.id);
  await house.db.query('delete from access.resource where uid = $1', [id]);
  const left = [...(await exported({ heldChannelIds: [id], reason: 'Affaire 12' })).posts.values()].flat();
  expect(left.map(({ message }) => message)).toEqual(['deuxième version', 'à effacer']);
  expect(left[0]?.props.parvis['originals']).toMatchObject([
    { body: 'version zéro' },
    { body: 'première version' },
    { body: 'deuxième version', why: 'channel-deleted' },
  ]);
});

test('a hold on a person keeps what they had edited before it and delete after it, wherever that was', async () => {
  const { id } = await owner.call(createChannel, { spaceId, name: 'Ailleurs' });
  const { seq } = await say(amina, id, 'd’abord');
  await amina.call(editMessage, { id, seq, body: 'puis' });
  await administrator.call(placeHold, { heldPersonId: amina.person.uid, reason: 'Affaire 13' });
  await amina.call(deleteMessage, { id, seq });
  const [post] = [...(await exported({ heldChannelIds: [id], reason: 'Affaire 13' })).posts.values()].flat();
  expect(post).toMatchObject({
    message: 'puis',
    props: { parvis: { originals: [{ body: 'd’abord' }, { body: 'puis' }] } },
  });
});

test('exports are for administrators, in the journal from asking to dropping, and gone when dropped', async () => {
  const { id: channelId } = await owner.call(createChannel, { spaceId, name: 'Tracé' });
  for (const by of [owner, amina]) {
    await expect(
      by.call(startChatExport, { heldChannelIds: [channelId], reason: 'x' }),
    ).rejects.toMatchObject({
      code: 'not-allowed',
    });
    expect((await by.fetch(chatExportPath(randomUUID()))).status).toBe(403);
  }
  await expect(
    administrator.call(startChatExport, { heldChannelIds: [randomUUID()], reason: 'x' }),
  ).rejects.toMatchObject({ code: 'not-found' });
  await exported({ heldChannelIds: [channelId], reason: 'Contrôle' });
  const id = (await administrator.call(listChatExports, {})).exports[0]?.id as string;
  await administrator.call(dropChatExport, { exportId: id });
  expect((await administrator.fetch(chatExportPath(id))).status).toBe(404);
  expect(await house.db.query('select 1 from chat.export_piece where export_id = $1', [id])).toEqual([]);
  const journal = await house.db.query<{ action: string; actorId: number }>(
    `select action, actor_id as "actorId" from access.audit where detail ->> 'export' = $1 order by id`,
    [id],
  );
  expect(journal.map(({ action }) => action)).toEqual([
    'export.asked',
    'export.made',
    'export.taken',
    'export.dropped',
  ]);
  expect(new Set(journal.map(({ actorId }) => actorId))).toEqual(new Set([administrator.person.id]));
});
