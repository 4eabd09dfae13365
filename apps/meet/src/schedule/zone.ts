/** Walls and instants. A wall time is a number of milliseconds as if its place were UTC. */
const minuteMs = 60_000;
const dayMs = 86_400_000;
const wallLength = 'YYYY-MM-DDTHH:mm'.length;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formats.set(zone, made);
  return made;
}

/** Milliseconds that the clocks of a zone are ahead of UTC at an instant. */
export function offsetMs(zone: string, instantMs: number): number {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(instantMs)
      .map(({ type, value }) => [type, Number(value)]),
  ) as Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', number>;
  const { year, month, day, hour, minute, second } = parts;
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  return wall - Math.floor(instantMs / 1000) * 1000;
}

/** `2026-11-25T09:30` as milliseconds on the wall. */
export function wallMs(text: string): number {
  return Date.parse(`${text}Z`);
}
export function wallText(ms: number): string {
  return new Date(ms).toISOString().slice(0, wallLength);
}

/** What a clock in the zone shows at an instant. */
export function wallOf(zone: string, instantMs: number): string {
  return wallText(instantMs + offsetMs(zone, instantMs));
}

/**
 * When a clock in the zone shows a time. An hour that comes twice is meant the first time; one that is left out is
 * counted on by the clock as it was before (RFC 5545, 3.3.5).
 * @returns milliseconds since 1970
 */
export function instantOf(zone: string, wall: string): number {
  const at = wallMs(wall);
  const [before, after] = [offsetMs(zone, at - dayMs), offsetMs(zone, at + dayMs)];
  const right = [at - before, at - after].filter((instant) => instant + offsetMs(zone, instant) === at);
  return right.length > 0 ? Math.min(...right) : at - before;
}

/** A change of the clocks: the first instant of the new time, and what is ahead of UTC before and after. */
export interface ClockChange {
  readonly at: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/** All changes of a zone's clocks between two instants. */
export function clockChanges(zone: string, fromMs: number, untilMs: number): ClockChange[] {
  const found: ClockChange[] = [];
  let known = offsetMs(zone, fromMs);
  // Ramadan keeps the clocks of Morocco back for about a month: a week is a step that misses nothing.
  const stepMs = 7 * dayMs;
  for (let at = fromMs; at < untilMs; at += stepMs) {
    const end = Math.min(at + stepMs, untilMs);
    const next = offsetMs(zone, end);
    if (next === known) continue;
    let [low, high] = [at, end];
    while (high - low > minuteMs) {
      const middle = low + Math.floor((high - low) / 2 / minuteMs) * minuteMs;
      if (offsetMs(zone, middle) === known) low = middle;
      else high = middle;
    }
    found.push({ at: high, fromMs: known, toMs: next });
    known = next;
  }
  return found;
}
