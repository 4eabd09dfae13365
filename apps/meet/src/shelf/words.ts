import { nameLengthMax } from '@parvis/contract/limits';
import { Locale } from '@parvis/contract/shape';

const words: Record<Locale, { folder: string; everybody: string }> = {
  fr: { folder: 'Enregistrements', everybody: 'Toutes les voix' },
  en: { folder: 'Recordings', everybody: 'All voices' },
  ar: { folder: 'التسجيلات', everybody: 'كل الأصوات' },
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
export function trackNames(tracks: readonly { name: string | null }[], everybody: string): string[] {
  const count = new Map<string, number>();
  return tracks.map(({ name }) => {
    const plain = name === null || name === '' ? everybody : name;
    const nr = (count.get(plain) ?? 0) + 1;
    count.set(plain, nr);
    return nr === 1 ? `${plain}.ogg` : `${plain} ${nr}.ogg`;
  });
}
