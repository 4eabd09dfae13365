import { ruleText } from '../schedule/repeat.ts';
import { clockChanges, offsetMs, wallMs, wallOf, wallText } from '../schedule/zone.ts';
import type { CalendarEvent, Correspondent } from './event.ts';

/*
 * RFC 5545 by hand: the libraries there are write times of a zone by the clock of the machine, and no zone's changes.
 */

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** Bytes of one line, its end apart. */
const lineBytesMax = 75;

/** Line breaks, commas and semicolons as text carries them; other controls have no place in it. */
function text(value: string): string {
  return (
    value
      .replaceAll(/\r\n?/g, '\n')
      // oxlint-disable-next-line eslint/no-control-regex -- they are what is taken out
      .replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f]/g, ' ')
      .replaceAll(/[\\;,]/g, (sign) => `\\${sign}`)
      .replaceAll('\n', '\\n')
  );
}

/** A value beside a name, in quotes, of which it can hold none. */
// oxlint-disable-next-line eslint/no-control-regex -- they are what is taken out
const quoted = (value: string): string => `"${value.replaceAll(/[\u0000-\u001f\u007f"]/g, "'")}"`;

/** Breaks a line after at most 75 bytes, never inside a character. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  let bytes = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (bytes + size > lineBytesMax) {
      parts.push(part);
      part = ' ';
      bytes = 1;
    }
    part += character;
    bytes += size;
  }
  return [...parts, part].join('\r\n');
}

const basic = (wall: string): string => `${wall.replaceAll(/[-:]/g, '')}00`;
const utc = (at: Date): string => at.toISOString().replaceAll(/[-:]|\.\d+/g, '');

function offsetText(ms: number): string {
  const minutes = Math.abs(Math.round(ms / minuteMs));
  const part = (value: number) => String(value).padStart(2, '0');
  return `${ms < 0 ? '-' : '+'}${part(Math.floor(minutes / 60))}${part(minutes % 60)}`;
}

/** A zone with each of its changes between two walls written out: whoever reads it needs no table of their own. */
function zoneLines(zone: string, from: string, until: string): string[] {
  const first = wallMs(from) - dayMs;
  const observance = (name: string, start: string, fromMs: number, toMs: number) => [
    `BEGIN:${name}`,
    `DTSTART:${basic(start)}`,
    `TZOFFSETFROM:${offsetText(fromMs)}`,
    `TZOFFSETTO:${offsetText(toMs)}`,
    `END:${name}`,
  ];
  const initial = offsetMs(zone, first);
  return [
    'BEGIN:VTIMEZONE',
    `TZID:${zone}`,
    ...observance('STANDARD', wallText(wallMs('1970-01-01T00:00')), initial, initial),
    ...clockChanges(zone, first, wallMs(until) + 2 * dayMs).flatMap(({ at, fromMs, toMs }) =>
      observance(toMs > fromMs ? 'DAYLIGHT' : 'STANDARD', wallText(at + fromMs), fromMs, toMs),
    ),
    'END:VTIMEZONE',
  ];
}

/** What a calendar is told besides its events. */
export interface CalendarFrame {
  /** Absent for a calendar that is only read. */
  readonly method?: 'REQUEST' | 'CANCEL';
  /** The name of a calendar that is subscribed to. */
  readonly name?: string;
  /** When it was written. */
  readonly at: Date;
}

/** An event with those who are named in it, and where it is held. */
export interface HeldEvent {
  readonly event: CalendarEvent;
  readonly organiser: Correspondent | null;
  /** Whoever sends it for the organiser. */
  readonly sentBy?: string;
  readonly attendee?: Correspondent;
  readonly link: string;
  /** What stands before the link. */
  readonly joinWords: string;
}

function eventLines({ method, at }: CalendarFrame, held: HeldEvent): string[] {
  const { event, organiser, sentBy, attendee, link, joinWords } = held;
  const { zone, minutes, repeat, starts } = event;
  const wall = (name: string, value: string) => `${name};TZID=${zone}:${basic(value)}`;
  const about = [event.description, `${joinWords} ${link}`].filter((part) => part !== '').join('\n\n');
  const common = [
    `UID:${event.calendarUid}@parvis`,
    `SEQUENCE:${event.sequence}`,
    `DTSTAMP:${utc(at)}`,
    `SUMMARY:${text(event.title)}`,
    `DESCRIPTION:${text(about)}`,
    `LOCATION:${text(link)}`,
    `URL:${link}`,
    `STATUS:${method === 'CANCEL' ? 'CANCELLED' : 'CONFIRMED'}`,
    ...(organiser === null
      ? []
      : [
          `ORGANIZER;CN=${quoted(organiser.name)}${sentBy === undefined ? '' : `;SENT-BY="mailto:${sentBy}"`}:mailto:${organiser.address}`,
        ]),
    ...(attendee === undefined
      ? []
      : [
          `ATTENDEE;CN=${quoted(attendee.name || attendee.address)};ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:${attendee.address}`,
        ]),
  ];
  const rule = ruleText(repeat, starts, zone);
  // One that comes once and was moved is simply held at its new time.
  const [only] = repeat === null ? event.moved : [];
  const begin = only === undefined ? starts : wallOf(zone, Date.parse(only.startsAt));
  const end =
    only === undefined
      ? wallText(wallMs(starts) + minutes * minuteMs)
      : wallOf(zone, Date.parse(only.endsAt));
  const one = (...lines: string[]) => ['BEGIN:VEVENT', ...common, ...lines, 'END:VEVENT'];
  return [
    ...one(
      wall('DTSTART', begin),
      wall('DTEND', end),
      ...(rule === null ? [] : [`RRULE:${rule}`]),
      ...(repeat === null || method === 'CANCEL' ? [] : event.left.map((left) => wall('EXDATE', left))),
    ),
    ...(repeat === null || method === 'CANCEL' ? [] : event.moved).flatMap((moved) =>
      one(
        wall('RECURRENCE-ID', moved.wall),
        wall('DTSTART', wallOf(zone, Date.parse(moved.startsAt))),
        wall('DTEND', wallOf(zone, Date.parse(moved.endsAt))),
      ),
    ),
  ];
}

/** A calendar as RFC 5545 writes it. */
export function calendarText(frame: CalendarFrame, held: readonly HeldEvent[]): string {
  const zones = new Map<string, { from: string; until: string }>();
  for (const { event } of held) {
    const { from, until } = zones.get(event.zone) ?? { from: event.starts, until: event.starts };
    const last = `${event.repeat?.until ?? event.starts.slice(0, 10)}T23:59`;
    zones.set(event.zone, {
      from: event.starts < from ? event.starts : from,
      until: last > until ? last : until,
    });
  }
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Parvis//Meetings//EN',
    'CALSCALE:GREGORIAN',
    ...(frame.method === undefined ? [] : [`METHOD:${frame.method}`]),
    ...(frame.name === undefined
      ? []
      : [`X-WR-CALNAME:${text(frame.name)}`, 'REFRESH-INTERVAL;VALUE=DURATION:PT1H']),
    ...[...zones].flatMap(([zone, { from, until }]) => zoneLines(zone, from, until)),
    ...held.flatMap((one) => eventLines(frame, one)),
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}
