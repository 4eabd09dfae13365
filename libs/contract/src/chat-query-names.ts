import type { Locale } from './shape.ts';

/** What a search may be narrowed by; people write each in their own language. */
export const operators = ['from', 'in', 'before', 'after', 'on', 'during', 'has', 'is'] as const;
export type Operator = (typeof operators)[number];

/** What a message may carry. */
export const carried = ['file', 'link', 'image', 'poll', 'code', 'reaction', 'pin', 'voice'] as const;
export type Carried = (typeof carried)[number];

/** What a message may be, for the one who asks. */
export const states = ['thread', 'dm', 'saved', 'mine', 'unread'] as const;
export type State = (typeof states)[number];

type Names<K extends string> = Record<K, Record<Locale, readonly [string, ...string[]]>>;

/** The first name of each language is the one that is proposed; all are understood in every language. */
export const operatorNames: Names<Operator> = {
  from: { fr: ['de', 'par', 'auteur'], en: ['from'], ar: ['من'] },
  in: { fr: ['dans'], en: ['in'], ar: ['في'] },
  before: { fr: ['avant'], en: ['before'], ar: ['قبل'] },
  after: { fr: ['après', 'depuis'], en: ['after', 'since'], ar: ['بعد', 'منذ'] },
  on: { fr: ['le'], en: ['on'], ar: ['يوم'] },
  during: { fr: ['pendant', 'durant'], en: ['during'], ar: ['خلال', 'أثناء'] },
  has: { fr: ['avec', 'contient'], en: ['has'], ar: ['فيه', 'يحتوي', 'به'] },
  is: { fr: ['est'], en: ['is'], ar: ['هو', 'حالة'] },
};

export const carriedNames: Names<Carried> = {
  file: {
    fr: ['fichier', 'fichiers', 'pièce-jointe'],
    en: ['file', 'files', 'attachment'],
    ar: ['ملف', 'ملفات', 'مرفق'],
  },
  link: { fr: ['lien', 'liens'], en: ['link', 'links', 'url'], ar: ['رابط', 'روابط'] },
  image: { fr: ['image', 'images', 'photo'], en: ['image', 'images', 'picture'], ar: ['صورة', 'صور'] },
  poll: { fr: ['sondage'], en: ['poll'], ar: ['استطلاع', 'تصويت'] },
  code: { fr: ['code'], en: ['code'], ar: ['شيفرة', 'كود'] },
  reaction: { fr: ['réaction', 'réactions'], en: ['reaction', 'reactions'], ar: ['تفاعل', 'تفاعلات'] },
  pin: { fr: ['épingle', 'épinglé'], en: ['pin', 'pinned'], ar: ['تثبيت', 'مثبت', 'مثبتة'] },
  voice: { fr: ['vocal', 'voix'], en: ['voice'], ar: ['صوت', 'صوتية'] },
};

export const stateNames: Names<State> = {
  thread: { fr: ['fil', 'fils'], en: ['thread', 'threads'], ar: ['سلسلة', 'نقاش'] },
  dm: { fr: ['direct', 'directs'], en: ['dm', 'direct'], ar: ['مباشرة', 'مباشر'] },
  saved: { fr: ['enregistré', 'gardé'], en: ['saved'], ar: ['محفوظة', 'محفوظ'] },
  mine: { fr: ['à-moi', 'moi'], en: ['mine', 'me'], ar: ['لي', 'مني'] },
  unread: { fr: ['non-lu', 'non-lus'], en: ['unread'], ar: ['غير-مقروءة', 'غير-مقروء'] },
};

/** The person who asks, as `from:` names them. */
export const meNames: Record<Locale, readonly [string, ...string[]]> = {
  fr: ['moi'],
  en: ['me'],
  ar: ['أنا', 'انا'],
};

/** A name as it is compared: no case, accents, hyphens or Arabic vowel signs, and one digit for each of its shapes. */
export function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\u0640]/gu, '')
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .toLowerCase()
    .replace(/ى/g, 'ي')
    .replace(/ة/g, 'ه')
    .replace(/[\s'’_-]/g, '');
}

function byName<K extends string>(names: Names<K>): ReadonlyMap<string, K> {
  const entries = Object.entries(names) as [K, Record<Locale, readonly string[]>][];
  return new Map(
    entries.flatMap(([key, languages]) =>
      Object.values(languages).flatMap((all) => all.map((name) => [folded(name), key] as const)),
    ),
  );
}

export const operatorByName = byName(operatorNames);
export const carriedByName = byName(carriedNames);
export const stateByName = byName(stateNames);
const mes = new Set(Object.values(meNames).flatMap((names) => names.map(folded)));

/** True for the word by which somebody means themselves. */
export function meansMe(text: string): boolean {
  return mes.has(folded(text));
}
