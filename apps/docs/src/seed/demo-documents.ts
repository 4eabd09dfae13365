import { demoPeople, type DemoSpaceKey } from '@parvis/contract/demo';
import type { SimpleBlock } from '@parvis/document/seed';

export interface DemoDocument {
  readonly title: string;
  readonly blocks: readonly SimpleBlock[];
}

const heading = (level: 1 | 2 | 3, text: string): SimpleBlock => ({ kind: 'heading', level, text });
const paragraph = (text: string): SimpleBlock => ({ kind: 'paragraph', text });
const bullet = (text: string, ...children: SimpleBlock[]): SimpleBlock => ({
  kind: 'bullet',
  text,
  children,
});
const numbered = (text: string): SimpleBlock => ({ kind: 'numbered', text });
const check = (text: string, checked = false): SimpleBlock => ({ kind: 'check', text, checked });
const quote = (text: string): SimpleBlock => ({ kind: 'quote', text });
const task = (text: string, assignee: string, due: string, checked = false): SimpleBlock => ({
  kind: 'task',
  text,
  assignee,
  due,
  checked,
});
const callout = (tone: 'info' | 'success' | 'warning' | 'danger', text: string): SimpleBlock => ({
  kind: 'callout',
  tone,
  text,
});
const formula = (tex: string): SimpleBlock => ({ kind: 'formula', text: tex });
const table = (...rows: string[][]): SimpleBlock => ({ kind: 'table', text: '', rows });
const end = paragraph('');

/** Documents of the invented ministry; nobody and nothing in them is real. */
export const demoDocuments: Record<DemoSpaceKey, readonly DemoDocument[]> = {
  estuary: [
    {
      title: 'Note de cadrage du Plan Estuaire',
      blocks: [
        heading(2, 'Pourquoi ce plan'),
        paragraph(
          'Les quais bas sont inondés en moyenne neuf jours par an, contre quatre il y a vingt ans. Le plan réunit en un seul calendrier la protection des rives, la navigation et les zones humides.',
        ),
        heading(2, 'Ce que nous proposons'),
        numbered('Relever de quarante centimètres les quais de la rive sud, sur 1,8 km.'),
        numbered('Rendre à la marée deux anciens bassins de décantation.'),
        numbered('Ouvrir aux communes les mesures de hauteur d’eau, heure par heure.'),
        callout(
          'warning',
          'Les montants ci-dessous sont ceux de l’avant-projet ; ils changeront après l’étude de sol.',
        ),
        table(
          ['Lot', 'Montant', 'Calendrier'],
          ['Quais de la rive sud', '4,2 M€', 'mars à juin'],
          ['Bassins rendus à la marée', '1,1 M€', 'septembre'],
        ),
        heading(2, 'Points à trancher'),
        bullet(
          'Calendrier des travaux',
          bullet('Avant l’été : plus cher, mais une saison gagnée'),
          bullet('Après les grandes marées : moins de gêne pour les pilotes'),
        ),
        bullet('Part des communes dans le financement'),
        quote('« On ne protège bien que ce que l’on a mesuré. » Atelier de concertation, deuxième séance'),
        end,
      ],
    },
    {
      title: 'Compte rendu de la concertation',
      blocks: [
        heading(2, 'Présents'),
        paragraph('Services du ministère, deux communes, une association de riverains.'),
        heading(2, 'Relevé de décisions'),
        check('Publier la carte des quais concernés', true),
        task('Chiffrer la variante sans fermeture de l’écluse', demoPeople.samir.id, '2027-01-15'),
        task('Inviter les pilotes à la prochaine séance', demoPeople.clarisse.id, ''),
        end,
      ],
    },
  ],
  observatory: [
    {
      title: 'دليل قراءة قياسات المدّ',
      blocks: [
        heading(2, 'الغرض من الدليل'),
        paragraph('يشرح هذا الدليل كيف تُقرأ قياسات مستوى الماء في المحطات الست، وكيف تُصحَّح قبل نشرها.'),
        callout('info', 'تُنشر القياسات كل ساعة، وتُصحَّح في نهاية كل يوم.'),
        formula('h_{\\text{corr}} = h_{\\text{mes}} - \\Delta h'),
        heading(2, 'خطوات المراجعة'),
        numbered('مقارنة القياس بجدول المدّ المتوقع لليوم نفسه.'),
        numbered('استبعاد القيم التي تتجاوز الفارق المسموح به، وهو 15 سنتيمترًا.'),
        numbered('تسجيل سبب كل تصحيح في دفتر المحطة.'),
        heading(2, 'المهام القادمة'),
        check('تركيب حسّاس جديد في المحطة الشمالية'),
        check('تدريب فريقين على برنامج المراجعة', true),
        end,
      ],
    },
  ],
  harbour: [
    {
      title: 'Winter timetable for pilots',
      blocks: [
        heading(2, 'What changes in winter'),
        paragraph(
          'From the first Monday of December the pilot station is staffed around the clock, and the inner basin closes two hours before low water.',
        ),
        heading(2, 'Before each transit'),
        check('Wind below 25 knots at the outer buoy'),
        check('Mooring crew confirmed by radio'),
        check('Draught noted in the log', true),
        heading(2, 'Open questions'),
        bullet('Who covers the second night shift in week 51?'),
        bullet('Can the north quay take two vessels at once while works go on?'),
        end,
      ],
    },
  ],
  cabinet: [
    {
      title: 'Arbitrages de la semaine',
      blocks: [
        heading(2, 'À décider'),
        bullet('Date de présentation du Plan Estuaire'),
        bullet('Budget de mesure des marées : reconduction ou appel d’offres'),
        heading(2, 'Décidé'),
        check('Calendrier commun des trois directions', true),
        end,
      ],
    },
  ],
};
