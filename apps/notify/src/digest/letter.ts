import type { InboxItem } from '@parvis/contract/notify';
import type { Locale } from '@parvis/contract/shape';
import { sentenceOf, words } from './words.ts';

/** A letter as it is sent. */
export interface Letter {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Lines of one letter; the inbox has the rest. */
const linesMax = 30;

const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`);

/** The digest of what somebody has not read: who and where, never what was said. */
export function letterOf(
  items: readonly InboxItem[],
  { locale, count, inboxUrl, stopUrl }: { locale: Locale; count: number; inboxUrl: string; stopUrl: string },
): Letter {
  const say = words[locale];
  const lines = items.slice(0, linesMax).map((item) => ({
    said: sentenceOf(item, locale),
    where: item.thing?.title ?? '',
  }));
  const direction = locale === 'ar' ? 'rtl' : 'ltr';
  const list = lines
    .map(({ said, where }) => `<li>${escaped(said)}${where && ` · <b><bdi>${escaped(where)}</bdi></b>`}</li>`)
    .join('');
  return {
    subject: say.subject(count),
    text: [
      say.subject(count),
      '',
      ...lines.map(({ said, where }) => `- ${said}${where && ` · ${where}`}`),
      '',
      `${say.open}: ${inboxUrl}`,
      '',
      say.why,
      `${say.stop}: ${stopUrl}`,
      '',
    ].join('\n'),
    html: `<!doctype html><html lang="${locale}" dir="${direction}"><body style="font-family:sans-serif;line-height:1.5">
<h1 style="font-size:18px">${escaped(say.subject(count))}</h1><ul>${list}</ul>
<p><a href="${escaped(inboxUrl)}">${escaped(say.open)}</a></p>
<p style="font-size:12px;color:#555">${escaped(say.why)} <a href="${escaped(stopUrl)}">${escaped(say.stop)}</a></p>
</body></html>`,
  };
}
