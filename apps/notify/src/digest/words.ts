import type { InboxItem, InboxKind } from '@parvis/contract/notify';
import type { Locale } from '@parvis/contract/shape';

type Said = (name: string) => string;
interface Words {
  readonly subject: (count: number) => string;
  readonly open: string;
  readonly nobody: string;
  readonly why: string;
  readonly stop: string;
  readonly stopAsk: string;
  readonly stopped: string;
  readonly given: string;
  readonly refused: string;
  readonly said: Record<Exclude<InboxKind, 'access-answered'>, Said>;
}

const nbsp = '\u00a0';

const arabicThings = (count: number): string => {
  const form = new Intl.PluralRules('ar').select(count);
  const forms: Partial<Record<Intl.LDMLPluralRule, string>> = {
    one: 'عنصر واحد',
    two: 'عنصران',
    few: `${count} عناصر`,
    many: `${count} عنصرًا`,
  };
  return forms[form] ?? `${count} عنصر`;
};

/** What a digest says. It names who and where; what was said is read in the house. */
export const words: Record<Locale, Words> = {
  fr: {
    subject: (count) =>
      (count === 1 ? 'Parvis : une chose vous attend' : `Parvis : ${count} choses vous attendent`).replace(
        ' :',
        `${nbsp}:`,
      ),
    open: 'Ouvrir la boîte de réception',
    nobody: 'Quelqu’un',
    why: 'Ce récapitulatif dit ce que vous n’avez pas encore lu.',
    stop: 'Ne plus recevoir ces messages',
    stopAsk: 'Ne plus recevoir le récapitulatif par courriel ?'.replace(' ?', `${nbsp}?`),
    stopped: 'C’est fait : vous ne recevrez plus de récapitulatif.'.replace(' :', `${nbsp}:`),
    given: 'Votre demande d’accès est acceptée',
    refused: 'Votre demande d’accès n’est pas acceptée',
    said: {
      mention: (name) => `${name} vous a mentionné`,
      group: (name) => `${name} a mentionné l’un de vos groupes`,
      everybody: (name) => `${name} s’adresse à tout le canal`,
      direct: (name) => `${name} vous a écrit`,
      reply: (name) => `${name} a répondu dans un fil`,
      message: (name) => `${name} a écrit`,
      comment: (name) => `${name} a commenté`,
      named: (name) => `${name} vous a mentionné dans le texte`,
      assigned: (name) => `${name} vous a confié une tâche`,
      'access-asked': (name) => `${name} demande l’accès`,
      reminder: () => 'Rappel que vous aviez demandé',
      invited: (name) => `${name} vous invite à une réunion`,
      'meeting-changed': (name) => `${name} a modifié une réunion`,
      'meeting-cancelled': (name) => `${name} a annulé une réunion`,
      'meeting-soon': () => 'Une réunion va commencer',
      'meeting-started': () => 'Une réunion a commencé',
      'recording-saved': () => 'L’enregistrement d’une réunion est prêt',
      'recording-cut': () => 'Il manque une partie de l’enregistrement d’une réunion',
      'recording-failed': () => 'L’enregistrement d’une réunion a échoué',
      'transcript-ready': () => 'La transcription d’une réunion est prête',
      'minutes-ready': () => 'Le compte rendu d’une réunion est prêt',
      'hook-disabled': () => 'Un webhook sortant s’est arrêté faute de réponse',
    },
  },
  en: {
    subject: (count) =>
      count === 1 ? 'Parvis: one thing waits for you' : `Parvis: ${count} things wait for you`,
    open: 'Open the inbox',
    nobody: 'Somebody',
    why: 'This digest says what you have not read yet.',
    stop: 'Send me no more of these',
    stopAsk: 'Send no more digests by mail?',
    stopped: 'Done: you will get no more digests.',
    given: 'Your request for access was accepted',
    refused: 'Your request for access was not accepted',
    said: {
      mention: (name) => `${name} mentioned you`,
      group: (name) => `${name} mentioned a group of yours`,
      everybody: (name) => `${name} addressed the whole channel`,
      direct: (name) => `${name} wrote to you`,
      reply: (name) => `${name} replied in a thread`,
      message: (name) => `${name} wrote`,
      comment: (name) => `${name} commented`,
      named: (name) => `${name} mentioned you in the text`,
      assigned: (name) => `${name} gave you a task`,
      'access-asked': (name) => `${name} asks for access`,
      reminder: () => 'A reminder that you asked for',
      invited: (name) => `${name} invites you to a meeting`,
      'meeting-changed': (name) => `${name} changed a meeting`,
      'meeting-cancelled': (name) => `${name} cancelled a meeting`,
      'meeting-soon': () => 'A meeting is about to begin',
      'meeting-started': () => 'A meeting has started',
      'recording-saved': () => 'The recording of a meeting is ready',
      'recording-cut': () => 'A part of the recording of a meeting is missing',
      'recording-failed': () => 'The recording of a meeting failed',
      'transcript-ready': () => 'The transcript of a meeting is ready',
      'minutes-ready': () => 'The minutes of a meeting are ready',
      'hook-disabled': () => 'An outgoing webhook stopped for want of an answer',
    },
  },
  ar: {
    subject: (count) => `Parvis: ${arabicThings(count)} في انتظاركم`,
    open: 'فتح صندوق الوارد',
    nobody: 'شخص ما',
    why: 'يذكر هذا الملخص ما لم تقرؤوه بعد.',
    stop: 'إيقاف هذه الرسائل',
    stopAsk: 'هل تريدون إيقاف الملخص بالبريد؟',
    stopped: 'تم الإيقاف: لن يصلكم الملخص بعد الآن.',
    given: 'قُبل طلبكم للوصول',
    refused: 'لم يُقبل طلبكم للوصول',
    said: {
      mention: (name) => `أشار إليكم ${name}`,
      group: (name) => `أشار ${name} إلى إحدى مجموعاتكم`,
      everybody: (name) => `توجّه ${name} إلى القناة كلها`,
      direct: (name) => `كتب إليكم ${name}`,
      reply: (name) => `ردّ ${name} في سلسلة`,
      message: (name) => `كتب ${name}`,
      comment: (name) => `علّق ${name}`,
      named: (name) => `أشار إليكم ${name} في النص`,
      assigned: (name) => `كلّفكم ${name} بمهمة`,
      'access-asked': (name) => `يطلب ${name} الوصول`,
      reminder: () => 'تذكير طلبتموه',
      invited: (name) => `يدعوكم ${name} إلى اجتماع`,
      'meeting-changed': (name) => `عدّل ${name} اجتماعًا`,
      'meeting-cancelled': (name) => `ألغى ${name} اجتماعًا`,
      'meeting-soon': () => 'اجتماع على وشك البدء',
      'meeting-started': () => 'بدأ اجتماع',
      'recording-saved': () => 'تسجيل أحد الاجتماعات جاهز',
      'recording-cut': () => 'جزء من تسجيل أحد الاجتماعات مفقود',
      'recording-failed': () => 'تعذّر تسجيل أحد الاجتماعات',
      'transcript-ready': () => 'النص المدون لأحد الاجتماعات جاهز',
      'minutes-ready': () => 'محضر أحد الاجتماعات جاهز',
      'hook-disabled': () => 'توقف خطاف ويب صادر لعدم الرد',
    },
  },
};

/** What happened, in one sentence. */
export function sentenceOf({ kind, by, given }: InboxItem, locale: Locale): string {
  const { said, nobody, given: yes, refused } = words[locale];
  return kind === 'access-answered' ? (given ? yes : refused) : said[kind](by?.name ?? nobody);
}
