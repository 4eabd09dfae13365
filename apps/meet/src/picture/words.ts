import type { Locale } from '@parvis/contract/shape';
import type { Way } from './page/orders.ts';

/** What stands in the picture itself, in the language of whoever asked for it. */
export const words: Record<Locale, Way['words']> = {
  fr: { notRecorded: 'ne participe pas à l’enregistrement', empty: 'Personne dans la réunion' },
  en: { notRecorded: 'takes no part in the recording', empty: 'Nobody in the meeting' },
  ar: { notRecorded: 'لا يشارك في التسجيل', empty: 'لا أحد في الاجتماع' },
};
