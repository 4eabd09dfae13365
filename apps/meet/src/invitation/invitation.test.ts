import type { AddressInfo } from 'node:net';
import {
  cancelOccurrence,
  changePlan,
  endCalendarFeed,
  makeCalendarFeed,
  moveOccurrence,
  scheduleMeeting,
} from '@parvis/contract/meet-schedule';
import type { Locale } from '@parvis/contract/shape';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import ICAL from 'ical.js';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { meet } from '../service.ts';

interface Came {
  readonly to: string;
  readonly raw: string;
}
const letters: Came[] = [];
const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData(stream, session, done) {
    const parts: Buffer[] = [];
    stream.on('data', (part: Buffer) => parts.push(part));
    stream.on('end', () => {
      const raw = Buffer.concat(parts).toString();
      for (const { address } of session.envelope.rcptTo) letters.push({ to: address, raw });
      done();
    });
  },
});
let house: House;
let owner: Visitor;
const dayMs = 86_400_000;
/** All days are counted from one moment: midnight may come while these tests run. */
const began = Date.now();
const day = (days: number) => new Date(began + days * dayMs).toISOString().slice(0, 10);
const given = (more: object = {}) => ({
  title: 'Comité ; rives, ports',
  description:
    'Ordre du jour :\n1. Digues — « relevés » de l’été, et la carte des plages à mettre à jour avant décembre',
  starts: `${day(3)}T09:30`,
  minutes: 45,
  timeZone: 'Europe/Paris',
  ...more,
});

beforeAll(async () => {
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', () => resolve()));
  const { port } = smtp.server.address() as AddressInfo;
  house = await aHouse([meet], { NOTIFY_SMTP_URL: `smtp://127.0.0.1:${port}` });
  owner = await house.person({ name: 'Clarisse "Le Guen"' });
});
afterAll(async () => {
  await house?.stop();
  await new Promise<void>((resolve) => smtp.close(() => resolve()));
});

/** The parts of a letter by their type, decoded. */
function partsOf(raw: string): Record<string, string> {
  const parts = [...raw.matchAll(/Content-Type: ([a-z]+\/[a-z]+)([^]*?)\r\n\r\n([^]*?)(?=\r\n--|$)/gi)];
  return Object.fromEntries(
    parts.map(([, type = '', head = '', body = '']) => {
      if (/base64/i.test(head)) return [type, Buffer.from(body, 'base64').toString()];
      const bytes = body
        .replaceAll('=\r\n', '')
        .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCodePoint(parseInt(hex, 16)));
      return [type, /quoted-printable/i.test(head) ? Buffer.from(bytes, 'latin1').toString() : body];
    }),
  );
}
async function lettersTo(address: string, count: number): Promise<Came[]> {
  return vi.waitFor(
    () => {
      const found = letters.filter(({ to }) => to === address);
      expect(found).toHaveLength(count);
      return found;
    },
    { timeout: 60_000, interval: 50 },
  );
}
/** The calendar in a letter, read by a library that did not write it. */
function calendarIn(raw: string): ICAL.Component {
  return new ICAL.Component(ICAL.parse(partsOf(raw)['text/calendar'] ?? '') as never);
}
const eventsOf = (calendar: ICAL.Component) =>
  calendar.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one));
/** The first instants at which an event is held, as its reader counts them. */
function instantsOf(calendar: ICAL.Component, count: number): string[] {
  const zones = calendar.getAllSubcomponents('vtimezone');
  for (const zone of zones) ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  const [master, ...moved] = eventsOf(calendar);
  if (!master) return [];
  for (const one of moved) master.relateException(one);
  const found: string[] = [];
  const next = master.iterator();
  for (let at = next.next(); at && found.length < count; at = next.next())
    found.push(master.getOccurrenceDetails(at).startDate.toJSDate().toISOString());
  ICAL.TimezoneService.reset();
  return found;
}

test.each([
  ['fr', 'vous invite à une réunion'],
  ['en', 'invites you to a meeting'],
  ['ar', 'إلى اجتماع'],
] as const)(
  'an invitation in %s says who, what and when, and puts it into a calendar',
  async (locale, words) => {
    const who = await house.person({ locale: locale as Locale });
    const plan = await owner.call(scheduleMeeting, given({ people: [who.person.uid] }));
    const [letter] = await lettersTo(who.person.email, 1);
    const raw = letter?.raw ?? '';
    const parts = partsOf(raw);
    expect(parts['text/plain']).toContain(words);
    expect(parts['text/html']).toContain(`dir="${locale === 'ar' ? 'rtl' : 'ltr'}"`);
    expect(parts['text/html']).toContain('09:30');
    expect(raw).toMatch(/^Reply-To: .*Clarisse/m);
    const calendar = calendarIn(raw);
    expect(calendar.getFirstPropertyValue('method')).toBe('REQUEST');
    const [event] = eventsOf(calendar);
    expect(event?.summary).toBe('Comité ; rives, ports');
    expect(event?.description).toContain('« relevés »');
    expect(event?.description).toContain('http://127.0.0.1:8080/');
    expect(event?.organizer).toBe(`mailto:${owner.person.email}`);
    expect(event?.attendees.map((one) => one.getFirstValue())).toEqual([`mailto:${who.person.email}`]);
    expect(instantsOf(calendar, 2)).toEqual([plan.occurrences[0]?.startsAt]);
  },
);

describe('a series in a calendar', () => {
  test('is held at the very instants of the house, also where clocks change and one was moved or left out', async () => {
    const address = 'zoe@elsewhere.example';
    const plan = await owner.call(
      scheduleMeeting,
      given({ repeat: { every: 'week', until: day(250) }, outsiders: [{ address, name: 'Zoé' }] }),
    );
    const at = (number: number) => plan.occurrences[number]?.id ?? '';
    await owner.call(moveOccurrence, {
      occurrenceId: at(1),
      starts: `${day(11)}T16:00`,
      minutes: 30,
      which: 'this',
    });
    const changed = await owner.call(cancelOccurrence, { occurrenceId: at(2), which: 'this' });
    const all = await lettersTo(address, 3);
    const sequences = all.map(({ raw }) => eventsOf(calendarIn(raw))[0]?.sequence).toSorted();
    expect(sequences).toEqual([0, 1, 2]);
    const last = all.find(({ raw }) => eventsOf(calendarIn(raw))[0]?.sequence === 2);
    const held = changed.occurrences.filter((one) => !one.cancelled).map((one) => one.startsAt);
    expect(held.length).toBeGreaterThan(30);
    expect(instantsOf(calendarIn(last?.raw ?? ''), 100)).toEqual(held);
  });

  test('that goes on at another time is two, and is taken out when it is cancelled or the invitation ends', async () => {
    const [who, gone] = [await house.person({ locale: 'en' }), await house.person()];
    const plan = await owner.call(
      scheduleMeeting,
      given({ repeat: { every: 'day', until: day(7) }, people: [who.person.uid, gone.person.uid] }),
    );
    await lettersTo(who.person.email, 1);
    const moved = await owner.call(moveOccurrence, {
      occurrenceId: plan.occurrences[2]?.id ?? '',
      starts: `${day(5)}T14:00`,
      minutes: 30,
      which: 'following',
    });
    const [, ...two] = await lettersTo(who.person.email, 3);
    const instants = two.flatMap(({ raw }) => instantsOf(calendarIn(raw), 20)).toSorted();
    expect(instants).toEqual(moved.occurrences.map((one) => one.startsAt));
    await lettersTo(gone.person.email, 3);
    await owner.call(changePlan, { id: plan.meetingId, invited: { people: [who.person.uid] } });
    const taken = await lettersTo(gone.person.email, 5);
    expect(taken.slice(3).map(({ raw }) => calendarIn(raw).getFirstPropertyValue('method'))).toEqual([
      'CANCEL',
      'CANCEL',
    ]);
    await owner.call(cancelOccurrence, { occurrenceId: moved.occurrences[0]?.id ?? '', which: 'all' });
    const off = await lettersTo(who.person.email, 5);
    const known = two.map(({ raw }) => eventsOf(calendarIn(raw))[0]?.uid).toSorted();
    expect(
      off
        .slice(3)
        .map(({ raw }) => eventsOf(calendarIn(raw))[0]?.uid)
        .toSorted(),
    ).toEqual(known);
    expect(partsOf(off[4]?.raw ?? '')['text/plain']).toContain('cancelled this meeting');
  });
});

describe('the calendar of a person', () => {
  test('is read by its secret address until that ends, and shows what its owner may see', async () => {
    const [me, other] = [await house.person(), await house.person()];
    await owner.call(scheduleMeeting, given({ title: 'À moi', people: [me.person.uid] }));
    await owner.call(scheduleMeeting, given({ title: 'À lui', people: [other.person.uid] }));
    const { path } = await me.call(makeCalendarFeed, {});
    const read = (at: string) => fetch(`${house.urlOf('meet')}${at}`);
    const answer = await read(path);
    expect(answer.headers.get('content-type')).toContain('text/calendar');
    const calendar = new ICAL.Component(ICAL.parse(await answer.text()) as never);
    expect(eventsOf(calendar).map((one) => one.summary)).toEqual(['À moi']);
    const second = await me.call(makeCalendarFeed, {});
    expect((await read(path)).status).toBe(404);
    expect((await read(second.path)).status).toBe(200);
    await me.call(endCalendarFeed, {});
    expect((await read(second.path)).status).toBe(404);
  });

  test('gives one meeting as a file, to those who see it', async () => {
    const [me, stranger] = [await house.person(), await house.person()];
    const { meetingId } = await owner.call(scheduleMeeting, given({ people: [me.person.uid] }));
    const path = `/api/meet/meetings/${meetingId}/invitation.ics`;
    expect(await (await me.fetch(path)).text()).toContain('BEGIN:VEVENT');
    expect((await stranger.fetch(path)).status).toBe(404);
  });
});
