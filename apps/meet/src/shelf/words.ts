import { nameLengthMax } from '@parvis/contract/limits';
import { Locale } from '@parvis/contract/shape';

const words: Record<Locale, { folder: string; everybody: string; film: string }> = {
  fr: { folder: 'Enregistrements', everybody: 'Toutes les voix', film: 'Les voix et l’image' },
  en: { folder: 'Recordings', everybody: 'All voices', film: 'Voices and picture' },
  ar: { folder: 'التسجيلات', everybody: 'كل الأصوات', film: 'الأصوات والصورة' },
};

export function wordsFor(locale: string) {
  return words[Locale.catch('fr').parse(locale)];
}

/** `Comité 2026-11-25 14:05`: the same meeting's in the order in which they were held. */
export function folderName(title: string, startedAt: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone });
  const when = parts.format(startedAt);
  return `${[...title].slice(0, nameLengthMax - when.length - 1).join('')} ${when}`;
}

/** Names for tracks in a folder; of several alike, the second and those after it have a number. */
export function trackNames(
  tracks: readonly { name: string | null; film: boolean }[],
  said: { everybody: string; film: string },
): string[] {
  const count = new Map<string, number>();
  return tracks.map(({ name, film }) => {
    const plain = film ? said.film : name === null || name === '' ? said.everybody : name;
    const ending = film ? 'webm' : 'ogg';
    const nr = (count.get(plain) ?? 0) + 1;
    count.set(plain, nr);
    return nr === 1 ? `${plain}.${ending}` : `${plain} ${nr}.${ending}`;
  });
}
