import { escaped, page } from '../transcript/written.ts';
import type { Point, Written } from './written.ts';

interface Words {
  readonly title: (meeting: string) => string;
  readonly summary: string;
  readonly decisions: string;
  readonly tasks: string;
  readonly byModel: (model: string) => string;
  readonly outline: string;
}

/** Headings of the page, in the language of the minutes. */
const words: Record<'fr' | 'en' | 'ar', Words> = {
  fr: {
    title: (meeting) => `Compte rendu : ${meeting}`,
    summary: 'Résumé',
    decisions: 'Décisions',
    tasks: 'À faire',
    byModel: (model) =>
      `Rédigé par le modèle ${model} à partir de la transcription. À relire avant diffusion.`,
    outline:
      'Phrases choisies dans la transcription, sans modèle de langage. Rien n’a été reformulé ; à relire avant diffusion.',
  },
  en: {
    title: (meeting) => `Minutes: ${meeting}`,
    summary: 'Summary',
    decisions: 'Decisions',
    tasks: 'Tasks',
    byModel: (model) =>
      `Written by the model ${model} from the transcript. To be read over before it is passed on.`,
    outline:
      'Sentences chosen from the transcript without a language model. Nothing was reworded; to be read over before it is passed on.',
  },
  ar: {
    title: (meeting) => `محضر: ${meeting}`,
    summary: 'الملخص',
    decisions: 'القرارات',
    tasks: 'المهام',
    byModel: (model) => `كتبه النموذج ${model} انطلاقا من النص المدون. يراجع قبل نشره.`,
    outline: 'جمل مختارة من النص المدون دون نموذج لغوي. لم تعد صياغة أي شيء؛ تراجع قبل النشر.',
  },
};

/** The minutes as a page that the documents take in: each point with the way to the words on which it rests. */
export function minutesPage(
  minutes: Written & { language: string; model: string | null },
  about: { title: string; meetingUrl: string; times: ReadonlyMap<string, string> },
): { name: string; html: string } {
  const said = words[minutes.language as 'fr'] ?? words.fr;
  const name = said.title(about.title);
  const rests = ({ lines }: Point) =>
    lines
      .slice(0, 5)
      .map((id) => `<a href="${escaped(`${about.meetingUrl}#line-${id}`)}">${about.times.get(id) ?? '…'}</a>`)
      .join(', ');
  const points = (title: string, all: readonly Point[]) =>
    all.length === 0
      ? ''
      : `<h2>${escaped(title)}</h2><ul>${all
          .map((point) => `<li>${escaped(point.text)} (${rests(point)})</li>`)
          .join('')}</ul>`;
  const tasks =
    minutes.tasks.length === 0
      ? ''
      : `<h2>${escaped(said.tasks)}</h2><ul class="checks">${minutes.tasks
          .map(
            (task) =>
              `<li data-parvis="task" data-assignee="${escaped(task.assignee ?? '')}" data-due="${escaped(task.due ?? '')}">${escaped(task.text)} (${rests(task)})</li>`,
          )
          .join('')}</ul>`;
  const note = minutes.model === null ? said.outline : said.byModel(minutes.model);
  return {
    name,
    html: page(
      name,
      `<p>${escaped(note)}</p>${points(said.summary, minutes.summary)}${points(said.decisions, minutes.decisions)}${tasks}`,
    ),
  };
}
