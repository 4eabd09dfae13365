import { createHash, randomUUID } from 'node:crypto';
import { grant } from '@parvis/access/grants';
import { createLink } from '@parvis/access/links';
import { remove } from '@parvis/access/moving';
import { createResource } from '@parvis/access/tree';
import {
  createSpace,
  listChildren,
  moveResource,
  renameResource,
  restoreResource,
  trashResource,
} from '@parvis/contract/directory';
import { contentPath } from '@parvis/contract/content-path';
import { createFolder, getFile, listFolder } from '@parvis/contract/drive';
import { createMeeting } from '@parvis/contract/meet';
import { deleteRecording, keepRecording, listRecordings } from '@parvis/contract/meet-record';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { directory } from '../../apps/directory/src/service.ts';
import { drive } from '../../apps/drive/src/service.ts';
import { Retention } from '../../apps/meet/src/record/retention.ts';
import { RecordingStore } from '../../apps/meet/src/record/recording-store.ts';
import { meet } from '../../apps/meet/src/service.ts';
import { Shelf } from '../../apps/meet/src/shelf/shelf.ts';
import { upload } from '../../apps/drive/src/testing/tus-client.ts';

const patience = { timeout: 60_000, interval: 100 };
const sound = Buffer.from('OggS: two people and a timetable');
let house: House;
let [owner, member, outsider] = [] as unknown as [Visitor, Visitor, Visitor];
let spaceId: string;

beforeAll(async () => {
  house = await aHouse([directory, drive, meet], {
    PARVIS_OIDC_CLIENT_SECRET: 'nobody signs in here',
    DIRECTORY_ADMIN_CLIENT_SECRET: 'nor makes accounts',
    DIRECTORY_SESSION_KEY: 'k'.repeat(40),
  });
  owner = await house.person({ name: 'Grace Lenoir', locale: 'fr' });
  member = await house.person({ name: 'Amina Haddad', locale: 'ar' });
  outsider = await house.person();
  spaceId = (await house.space({ owner, members: [member] })).uid;
}, 300_000);
afterAll(() => house?.stop());

const part = <T>(kind: abstract new (...given: never[]) => T): T =>
  house.served('meet').app.get(kind as never, { strict: false });
const look = () => part(Shelf).look();
const inFolder = async (who: Visitor, id: string) => (await who.call(listFolder, { id })).entries;
const recordingsOf = async (who: Visitor, id: string) => (await who.call(listRecordings, { id })).recordings;

/** A meeting with a recording of two voices and of both together, as the scribe leaves it. */
async function recorded(by: Visitor, place: { spaceId?: string; channelId?: string }, title: string) {
  const { id: meetingId } = await by.call(createMeeting, { ...place, title });
  const recordingId = randomUUID();
  await house.db.query(
    `insert into meet.recording (id, meeting_id, state, by_id, started_at, ended_at, kept_until)
     select $1, resource_id, 'saved', $2, '2026-11-25T13:05:00Z', '2026-11-25T14:00:00Z', current_date + 9
       from meet.meeting where uid = $3`,
    [recordingId, by.person.id, meetingId],
  );
  const voices: [string | null, string][] = [
    [null, ''],
    [owner.person.uid, 'Grace Lenoir'],
    [owner.person.uid, 'Grace Lenoir'],
  ];
  for (const [n, [who, name]] of voices.entries()) {
    const key = randomUUID();
    await part(RecordingStore).store.put(key, sound);
    await house.db.query(
      `insert into meet.recorded_track (recording_id, n, who, name, started_at, duration_ms, size_bytes, key)
       values ($1, $2, $3, $4, '2026-11-25T13:05:00Z', 1000, $5, $6)`,
      [recordingId, n, who, name, sound.length, key],
    );
  }
  return { meetingId, recordingId };
}

/** The folder of one recording, by the way that a person goes: the space, its folder of recordings, that one. */
async function folderOf(who: Visitor, title: string) {
  const root = (await inFolder(who, spaceId)).find((one) => one.title === 'Enregistrements');
  const folder = root && (await inFolder(who, root.id)).find((one) => one.title.startsWith(title));
  if (!root || !folder) throw new Error(`there is no folder of ${title}`);
  return { root, folder, files: await inFolder(who, folder.id) };
}

test('a recording lies once in a folder of its space, in the language of who organised it, with its last day', async () => {
  const { meetingId } = await recorded(owner, { spaceId }, 'Comité');
  await Promise.all([look(), look(), look()]);
  await look();
  const roots = (await inFolder(member, spaceId)).filter((one) => one.title === 'Enregistrements');
  expect(roots).toHaveLength(1);
  const { folder, files } = await folderOf(member, 'Comité');
  const [recording] = await recordingsOf(member, meetingId);
  expect(folder).toMatchObject({ title: 'Comité 2026-11-25 14:05', keptUntil: recording?.keptUntil });
  expect(recording?.folderId).toBe(folder.id);
  expect(files.map(({ title, keptUntil, file }) => [title, keptUntil, file?.sizeBytes])).toEqual(
    ['Grace Lenoir 2.ogg', 'Grace Lenoir.ogg', 'Toutes les voix.ogg'].map((title) => [
      title,
      recording?.keptUntil,
      sound.length,
    ]),
  );
  const id = files.find((one) => one.title.startsWith('Toutes'))?.id ?? '';
  expect(await member.call(getFile, { id })).toMatchObject({
    mediaType: 'audio/ogg',
    meetingId,
    keptUntil: recording?.keptUntil,
    sha256: createHash('sha256').update(sound).digest('hex'),
  });
  // Two names for the same bytes: the file leads to the recording.
  const led = await member.fetch(contentPath(id));
  const way = led.headers.get('location') ?? '';
  expect([led.status, way]).toEqual([
    307,
    `/api/meet/recordings/${recording?.id}/tracks/0/content?download=1`,
  ]);
  const taken = await member.fetch(way);
  expect(taken.headers.get('content-disposition')).toContain('Toutes%20les%20voix.ogg');
  expect(Buffer.from(await taken.arrayBuffer())).toEqual(sound);
});

test('a second recording of the space lies beside the first, whatever language its organiser reads', async () => {
  await house.db.query('update access.person set locale = $2 where subject_id = $1', [
    member.person.id,
    'ar',
  ]);
  await recorded(member, { spaceId }, 'Deuxième');
  await look();
  const { files } = await folderOf(owner, 'Deuxième');
  expect(files.map(({ title }) => title)).toContain('كل الأصوات.ogg');
});

test('a meeting without a space, or in a private channel of one, puts nothing there', async () => {
  const channel = await createResource(house.db, {
    kind: 'channel',
    title: 'À huis clos',
    ownerId: owner.person.id,
    spaceUid: spaceId,
    private: true,
  });
  const apart = [
    await recorded(owner, {}, 'Seule'),
    await recorded(owner, { channelId: channel.uid }, 'Seule aussi'),
  ];
  await look();
  for (const { meetingId } of apart) {
    const [kept] = await recordingsOf(owner, meetingId);
    expect(kept).toMatchObject({ state: 'saved', folderId: null });
    expect(kept?.tracks).toHaveLength(3);
  }
  const { root } = await folderOf(owner, 'Comité');
  expect((await inFolder(owner, root.id)).map(({ title }) => title).join()).not.toContain('Seule');
});

test('nobody hears by the file who may not hear by the meeting, wherever it is moved and whatever link leads to it', async () => {
  await recorded(owner, { spaceId }, 'Réservée');
  await look();
  const { folder, files } = await folderOf(owner, 'Réservée');
  const id = files[0]?.id ?? '';
  const elsewhere = (await outsider.call(createSpace, { name: 'Ailleurs' })).id;
  const theirs = (await outsider.call(createFolder, { parentId: elsewhere, name: 'À moi' })).id;
  await grant(
    house.db,
    { resourceUid: elsewhere, subjectId: owner.person.id, role: 'manager' },
    outsider.person.id,
  );
  await owner.call(moveResource, { id, parentId: theirs });
  expect((await inFolder(owner, theirs)).map((one) => one.id)).toEqual([id]);
  expect(await inFolder(outsider, theirs)).toEqual([]);
  await expect(outsider.call(getFile, { id })).rejects.toMatchObject({ code: 'not-found' });
  expect((await outsider.fetch(contentPath(id))).status).toBe(404);
  // A public link to the folder shows the folder, and nothing that was said.
  const { token } = await createLink(
    house.db,
    { resourceUid: folder.id, reach: 'public', role: 'reader' },
    owner.person.id,
  );
  const shown = await outsider.call(listFolder, { id: folder.id, link: token });
  expect(shown.entries).toEqual([]);
  const bytes = await fetch(`${house.urlOf('drive')}${contentPath(files[1]?.id ?? '')}?link=${token}`, {
    redirect: 'manual',
  });
  expect(bytes.status).toBe(404);
});

test('it is renamed and put away by those who manage, and not by everybody who writes in the space', async () => {
  await recorded(owner, { spaceId }, 'Gardée');
  await look();
  const { root, folder, files } = await folderOf(member, 'Gardée');
  for (const one of [root, folder, ...files]) {
    expect(one.abilities.edit).toBe(false);
    await expect(member.call(trashResource, { id: one.id })).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(member.call(renameResource, { id: one.id, title: 'x' })).rejects.toMatchObject({
      code: 'not-allowed',
    });
  }
});

test('what is put into the trash of the files is away from the meeting too, and comes back with it', async () => {
  const { meetingId, recordingId } = await recorded(owner, { spaceId }, 'Corbeille');
  await look();
  const { folder, files } = await folderOf(owner, 'Corbeille');
  await owner.call(trashResource, { id: files[0]?.id ?? '' });
  expect((await recordingsOf(member, meetingId))[0]?.tracks).toHaveLength(2);
  await owner.call(trashResource, { id: folder.id });
  expect(await recordingsOf(member, meetingId)).toEqual([]);
  expect((await member.fetch(`/api/meet/recordings/${recordingId}/tracks/0/content`)).status).toBe(404);
  await owner.call(restoreResource, { id: folder.id });
  expect((await recordingsOf(member, meetingId))[0]?.tracks).toHaveLength(2);
  // Removed for good, it is gone from the meeting and from the store.
  const keys = await house.db.query<{ key: string }>(
    'select key from meet.recorded_track where recording_id = $1',
    [recordingId],
  );
  await remove(house.db, folder.id);
  await vi.waitFor(
    async () =>
      expect(await house.db.query('select 1 from meet.recording where id = $1', [recordingId])).toEqual([]),
    patience,
  );
  await part(Retention).run();
  for (const { key } of keys) expect(await part(RecordingStore).store.size(key)).toBeNull();
});

test('another day, deletion and retention on the meeting’s side reach the files', async () => {
  const first = await recorded(owner, { spaceId }, 'Échéance');
  await look();
  const { keptUntil } = await owner.call(keepRecording, { id: first.recordingId, days: 40 });
  const { folder, files } = await folderOf(member, 'Échéance');
  expect([folder, ...files].map((one) => one.keptUntil)).toEqual(Array(4).fill(keptUntil));
  await owner.call(deleteRecording, { id: first.recordingId });
  await expect(folderOf(member, 'Échéance')).rejects.toThrow();
  for (const { id } of files)
    await expect(member.call(getFile, { id })).rejects.toMatchObject({ code: 'not-found' });

  const second = await recorded(owner, { spaceId }, 'Rétention');
  await look();
  const old = await folderOf(owner, 'Rétention');
  await upload(owner, { parentId: old.folder.id, name: 'notes.txt' }, Buffer.from('les miennes'));
  await house.db.query('update meet.recording set kept_until = current_date - 1 where id = $1', [
    second.recordingId,
  ]);
  await part(Retention).run();
  expect(await recordingsOf(owner, second.meetingId)).toEqual([]);
  // What somebody put beside it is theirs and stays.
  const left = await folderOf(member, 'Rétention');
  expect(left.folder).toMatchObject({ keptUntil: null, abilities: { edit: true } });
  expect(left.files.map(({ title }) => title)).toEqual(['notes.txt']);
  expect((await member.call(listChildren, { id: left.folder.id, limit: 50 })).resources).toHaveLength(1);
});
