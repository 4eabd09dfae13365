import type { Locale } from '@parvis/contract/shape';
import type { Letter } from '@parvis/server/mail';
import { instantOf, wallMs } from '../schedule/zone.ts';
import type { CalendarEvent } from './event.ts';
import { type LetterKind, words } from './words.ts';

const minuteMs = 60_000;
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`);
const tagOf = (locale: Locale): string => (locale === 'ar' ? 'ar-u-ca-gregory-nu-latn' : locale);

/** `mercredi 25 novembre 2026, 09:30 – 10:00 (Europe/Paris)`, and how it comes again. */
export function whenText({ starts, minutes, zone, repeat, moved }: CalendarEvent, locale: Locale): string {
  const [only] = repeat === null ? moved : [];
  const begin = only === undefined ? instantOf(zone, starts) : Date.parse(only.startsAt);
  const end = only === undefined ? begin + minutes * minuteMs : Date.parse(only.endsAt);
  const day = new Intl.DateTimeFormat(tagOf(locale), { dateStyle: 'full', timeZone: zone });
  const hour = new Intl.DateTimeFormat(tagOf(locale), {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: zone,
  });
  const once = `${day.format(begin)}, ${hour.format(begin)} – ${hour.format(end)} (${zone})`;
  if (repeat === null) return once;
  const { every, until } = words[locale];
  const last = new Intl.DateTimeFormat(tagOf(locale), { dateStyle: 'long', timeZone: 'UTC' });
  const rule = every[repeat.every](repeat.step);
  return `${once}, ${until(rule, last.format(wallMs(`${repeat.until}T00:00`)))}`;
}

/** What somebody is told of a meeting, in their language: who, what, when, and the way in. */
export function letterOf(
  event: CalendarEvent,
  { kind, locale, by, link }: { kind: LetterKind; locale: Locale; by: string; link: string },
): Pick<Letter, 'subject' | 'text' | 'html'> {
  const say = words[locale];
  const when = whenText(event, locale);
  const direction = locale === 'ar' ? 'rtl' : 'ltr';
  const held = kind !== 'cancelled';
  const about = event.description
    .split('\n')
    .map((line) => escaped(line))
    .join('<br>');
  return {
    subject: say.subject[kind](event.title),
    text: [
      say.said[kind](by),
      '',
      event.title,
      `${say.when}: ${when}`,
      ...(event.description === '' ? [] : ['', event.description]),
      ...(held ? ['', `${say.join}: ${link}`] : []),
      '',
      say.why,
      '',
    ].join('\n'),
    html: `<!doctype html><html lang="${locale}" dir="${direction}"><body style="font-family:sans-serif;line-height:1.5">
<p>${escaped(say.said[kind](by))}</p><h1 style="font-size:18px" dir="auto">${escaped(event.title)}</h1>
<p><b>${escaped(say.when)}</b><br>${escaped(when)}</p>${about === '' ? '' : `<p dir="auto">${about}</p>`}
${held ? `<p><a href="${escaped(link)}">${escaped(say.join)}</a></p>` : ''}
<p style="font-size:12px;color:#555">${escaped(say.why)}</p>
</body></html>`,
  };
}
