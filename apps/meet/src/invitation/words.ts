import type { Repeat } from '@parvis/contract/meet-schedule';
import type { Locale } from '@parvis/contract/shape';

export type LetterKind = 'invited' | 'changed' | 'cancelled';

interface Words {
  readonly subject: Record<LetterKind, (title: string) => string>;
  readonly said: Record<LetterKind, (name: string) => string>;
  readonly when: string;
  readonly join: string;
  /** Before a link in a calendar. */
  readonly joinAt: string;
  readonly why: string;
  readonly calendar: string;
  readonly until: (rule: string, day: string) => string;
  readonly every: Record<Repeat['every'], (step: number) => string>;
}

const nbsp = '\u00a0';
const fr = (step: number, one: string, many: string) =>
  step === 1 ? one : `${many.replace('#', String(step))}`;

/** Every, every two, every few, every many. */
function arabic(step: number, [one, two, few, many]: readonly [string, string, string, string]): string {
  if (step === 1) return `كل ${one}`;
  if (step === 2) return `كل ${two}`;
  return step <= 10 ? `كل ${step} ${few}` : `كل ${step} ${many}`;
}

/** What letters about meetings say. */
export const words: Record<Locale, Words> = {
  fr: {
    subject: {
      invited: (title) => `Invitation${nbsp}: ${title}`,
      changed: (title) => `Réunion modifiée${nbsp}: ${title}`,
      cancelled: (title) => `Réunion annulée${nbsp}: ${title}`,
    },
    said: {
      invited: (name) => `${name} vous invite à une réunion.`,
      changed: (name) => `${name} a modifié cette réunion.`,
      cancelled: (name) => `${name} a annulé cette réunion.`,
    },
    when: 'Quand',
    join: 'Rejoindre la réunion',
    joinAt: `Rejoindre${nbsp}:`,
    why: 'Vous recevez ce message parce que vous êtes sur la liste des personnes invitées.',
    calendar: 'Réunions Parvis',
    until: (rule, day) => `${rule} jusqu’au ${day}`,
    every: {
      day: (step) => fr(step, 'chaque jour', 'tous les # jours'),
      weekday: () => 'du lundi au vendredi',
      week: (step) => fr(step, 'chaque semaine', 'toutes les # semaines'),
      month: (step) => fr(step, 'chaque mois', 'tous les # mois'),
    },
  },
  en: {
    subject: {
      invited: (title) => `Invitation: ${title}`,
      changed: (title) => `Meeting changed: ${title}`,
      cancelled: (title) => `Meeting cancelled: ${title}`,
    },
    said: {
      invited: (name) => `${name} invites you to a meeting.`,
      changed: (name) => `${name} changed this meeting.`,
      cancelled: (name) => `${name} cancelled this meeting.`,
    },
    when: 'When',
    join: 'Join the meeting',
    joinAt: 'Join:',
    why: 'You get this message because you are among those invited.',
    calendar: 'Parvis meetings',
    until: (rule, day) => `${rule} until ${day}`,
    every: {
      day: (step) => (step === 1 ? 'every day' : `every ${step} days`),
      weekday: () => 'Monday to Friday',
      week: (step) => (step === 1 ? 'every week' : `every ${step} weeks`),
      month: (step) => (step === 1 ? 'every month' : `every ${step} months`),
    },
  },
  ar: {
    subject: {
      invited: (title) => `دعوة: ${title}`,
      changed: (title) => `تعديل اجتماع: ${title}`,
      cancelled: (title) => `إلغاء اجتماع: ${title}`,
    },
    said: {
      invited: (name) => `يدعوكم ${name} إلى اجتماع.`,
      changed: (name) => `عدّل ${name} هذا الاجتماع.`,
      cancelled: (name) => `ألغى ${name} هذا الاجتماع.`,
    },
    when: 'الموعد',
    join: 'الانضمام إلى الاجتماع',
    joinAt: 'رابط الانضمام:',
    why: 'تصلكم هذه الرسالة لأنكم ضمن المدعوين.',
    calendar: 'اجتماعات بارفيس',
    until: (rule, day) => `${rule} حتى ${day}`,
    every: {
      day: (step) => arabic(step, ['يوم', 'يومين', 'أيام', 'يومًا']),
      weekday: () => 'من الاثنين إلى الجمعة',
      week: (step) => arabic(step, ['أسبوع', 'أسبوعين', 'أسابيع', 'أسبوعًا']),
      month: (step) => arabic(step, ['شهر', 'شهرين', 'أشهر', 'شهرًا']),
    },
  },
};
