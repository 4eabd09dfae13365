import { createResource, type ResourceRow } from '@parvis/access/tree';
import { changeNotifySettings, getNotifySettings } from '@parvis/contract/notify-settings';
import type { Locale } from '@parvis/contract/shape';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { notify } from '../service.ts';
import { message, said } from '../testing/saying.ts';
import { DigestService } from './digest.service.ts';

const letters: { to: string[]; raw: string }[] = [];
const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData(stream, session, done) {
    const parts: Buffer[] = [];
    stream.on('data', (part: Buffer) => parts.push(part));
    stream.on('end', () => {
      letters.push({
        to: session.envelope.rcptTo.map(({ address }) => address),
        raw: Buffer.concat(parts).toString(),
      });
      done();
    });
  },
});
let house: House;
let ada: Visitor;
let channel: ResourceRow;
let seq = 0;

beforeAll(async () => {
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', () => resolve()));
  const { port } = smtp.server.address() as AddressInfo;
  house = await aHouse([notify], { NOTIFY_SMTP_URL: `smtp://127.0.0.1:${port}` });
  ada = await house.person({ name: 'Ada & <b>Ben</b>' });
});
afterAll(async () => {
  await house?.stop();
  await new Promise<void>((resolve) => smtp.close(() => resolve()));
});

/** Somebody who missed a mention half an hour ago. */
async function whoMissed(locale: Locale): Promise<Visitor> {
  const who = await house.person({ locale });
  const { uid } = await house.space({ owner: ada, members: [who] });
  channel = await createResource(house.db, {
    kind: 'channel',
    title: 'Digues <i>',
    ownerId: ada.person.id,
    spaceUid: uid,
  });
  await said(house, message(ada, channel, ++seq, { people: [who.person.id] }));
  await house.db.query("update notify.item set at = at - interval '30 minutes' where person_id = $1", [
    who.person.id,
  ]);
  return who;
}
const look = (at: string) => house.served('notify').app.get(DigestService).look(new Date(at));
const lettersTo = (who: Visitor) => letters.filter(({ to }) => to.includes(who.person.email));
const comes = (who: Visitor, count = 1) =>
  vi.waitFor(() => expect(lettersTo(who)).toHaveLength(count), { timeout: 30_000, interval: 20 });

/** The words of a letter, whatever its encoding. */
function wordsOf(raw: string): string {
  const lines = raw.replaceAll('=\r\n', '');
  const bytes = lines.replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) =>
    String.fromCodePoint(parseInt(hex, 16)),
  );
  const inBase64 = [...raw.matchAll(/base64\r\n\r\n([A-Za-z0-9+/=\r\n]+)/g)].map(([, part]) =>
    Buffer.from(part as string, 'base64').toString(),
  );
  return [Buffer.from(bytes, 'latin1').toString(), ...inBase64].join('\n');
}

/** Eight in the morning in Paris, and noon. */
const morning = '2026-11-25T07:30:00Z';
const noon = '2026-11-25T11:30:00Z';

test.each([
  ['fr', 'vous a mentionné', 'ltr'],
  ['en', 'mentioned you', 'ltr'],
  ['ar', 'أشار إليكم', 'rtl'],
] as const)(
  'in %s it says who and where, once, in words and in HTML that nobody can break',
  async (locale, words, dir) => {
    const who = await whoMissed(locale);
    await look(noon);
    await look(morning);
    await comes(who);
    const { raw } = lettersTo(who)[0] as { raw: string };
    const said = wordsOf(raw);
    expect(said).toContain(words);
    expect(said).toContain(`dir="${dir}"`);
    expect(said).toContain('&#60;b&#62;Ben');
    expect(said).not.toContain('<bdi>Digues <i>');
    expect(raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click/m);
    await look(morning);
    await said2(who);
  },
);

/** Nothing more comes: what was in a letter is in no second one. */
async function said2(who: Visitor): Promise<void> {
  const marker = await whoMissed('en');
  await look(morning);
  await comes(marker);
  expect(lettersTo(who)).toHaveLength(1);
}

test('hourly comes at any hour; off never; quiet waits', async () => {
  const [hourly, off, quiet] = [await whoMissed('fr'), await whoMissed('fr'), await whoMissed('fr')];
  await hourly.call(changeNotifySettings, { digest: 'hourly' });
  await off.call(changeNotifySettings, { digest: 'off' });
  await quiet.call(changeNotifySettings, {
    digest: 'hourly',
    quietHours: { from: 600, to: 900, days: [1, 2, 3, 4, 5, 6, 7] },
  });
  await look(noon);
  await comes(hourly);
  await look('2026-11-25T15:30:00Z');
  await comes(quiet);
  expect(lettersTo(off)).toEqual([]);
});

test('the way out of the letters needs no session, changes nothing by being looked at, and is nobody else’s', async () => {
  const who = await whoMissed('fr');
  await look(morning);
  await comes(who);
  const link = /<(http[^>]+unsubscribe[^>]+)>/.exec(
    (lettersTo(who)[0] as { raw: string }).raw.replaceAll(/\r\n\s/g, ''),
  )?.[1];
  const { pathname, search } = new URL(link as string);
  const at = `${house.urlOf('notify')}${pathname}`;
  expect((await who.call(getNotifySettings, {})).mail).toBe(true);
  const digest = async () => (await who.call(getNotifySettings, {})).settings.digest;
  const shown = await fetch(at + search);
  expect([shown.status, shown.headers.get('content-type'), await digest()]).toEqual([
    200,
    'text/html; charset=utf-8',
    'daily',
  ]);
  expect(await shown.text()).toContain('<form method="post">');
  const forged = search.replace(/person=[^&]+/, `person=${ada.person.uid}`);
  expect((await fetch(at + forged, { method: 'POST' })).status).toBe(404);
  const oneClick = {
    method: 'POST',
    body: 'List-Unsubscribe=One-Click',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  };
  expect((await fetch(at + search, oneClick)).status).toBe(200);
  expect(await digest()).toBe('off');
});

test('without a mail server nothing is sent, and it is said so', async () => {
  const other = await aHouse([notify]);
  const who = await other.person();
  expect((await who.call(getNotifySettings, {})).mail).toBe(false);
  await other.served('notify').app.get(DigestService).look(new Date(morning));
  await other.stop();
});
