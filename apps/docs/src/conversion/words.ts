import type { Locale } from '@parvis/contract/shape';

interface Words {
  readonly tone: Readonly<Record<string, string>>;
  readonly due: string;
  readonly contents: string;
  readonly comments: string;
  readonly embed: Readonly<Record<string, string>>;
}

/** The few words that a file itself has to say, in the language of the person who asked for it. */
export const wordsOf: Readonly<Record<Locale, Words>> = {
  fr: {
    tone: { info: 'Information', success: 'Réussite', warning: 'Attention', danger: 'Danger' },
    due: 'pour le',
    contents: 'Sommaire',
    comments: 'Commentaires',
    embed: {
      document: 'Document',
      channel: 'Canal',
      message: 'Message',
      meeting: 'Réunion',
      file: 'Fichier',
    },
  },
  en: {
    tone: { info: 'Note', success: 'Success', warning: 'Warning', danger: 'Danger' },
    due: 'due',
    contents: 'Contents',
    comments: 'Comments',
    embed: { document: 'Document', channel: 'Channel', message: 'Message', meeting: 'Meeting', file: 'File' },
  },
  ar: {
    tone: { info: 'ملاحظة', success: 'نجاح', warning: 'تنبيه', danger: 'خطر' },
    due: 'قبل',
    contents: 'المحتويات',
    comments: 'التعليقات',
    embed: { document: 'وثيقة', channel: 'قناة', message: 'رسالة', meeting: 'اجتماع', file: 'ملف' },
  },
};
