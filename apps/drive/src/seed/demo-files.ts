import type { DemoKey, DemoSpaceKey } from '@parvis/contract/demo';
import { pdf, png } from './drawn.ts';

export interface DemoFile {
  readonly name: string;
  readonly owner: DemoKey;
  readonly bytes: Buffer;
}
export interface DemoFolder {
  readonly name: string;
  readonly owner: DemoKey;
  readonly files: readonly DemoFile[];
}
export interface DemoShelf {
  readonly space: DemoSpaceKey;
  readonly folders: readonly DemoFolder[];
  readonly files: readonly DemoFile[];
}

const text = (...lines: string[]) => Buffer.from(`${lines.join('\n')}\n`);

/** Water levels of two days at the quarter hours, as a gauge would have written them. */
function tides(): Buffer {
  const lines = ['instant,station,hauteur_m'];
  for (let quarter = 0; quarter < 2 * 96; quarter += 1) {
    const hours = quarter / 4;
    const level =
      3.1 + 2.4 * Math.cos((hours / 12.42) * 2 * Math.PI) + 0.2 * Math.cos((hours / 24.84) * 2 * Math.PI);
    const at = new Date(Date.UTC(2026, 9, 5, 0, quarter * 15)).toISOString();
    lines.push(`${at},Pointe-du-Phare,${level.toFixed(2)}`);
  }
  return text(...lines);
}

/** A coast seen from above: land, beach, shallow and deep water. */
function coast(): Buffer {
  return png(480, 320, (x, y) => {
    const shore = 150 + 42 * Math.sin(x / 61) + 17 * Math.sin(x / 23 + 1);
    const depth = y - shore;
    if (depth < -14) return (x + y) % 37 < 2 ? [146, 168, 120] : [164, 184, 134];
    if (depth < 0) return [232, 216, 176];
    if (depth < 30) return [150, 204, 214];
    return [62, 128, 164];
  });
}

const notice = pdf('Avis de concertation', [
  'Le Plan Estuaire est soumis à la concertation du public pendant six semaines.',
  '',
  'Le dossier peut être lu dans les mairies des quatre communes riveraines,',
  'et chacun peut déposer ses remarques dans le registre ouvert à cet effet.',
  '',
  'Deux réunions publiques sont prévues : à Port-Lancel, puis à Saint-Aubin-des-Vases.',
]);

export const demoShelves: readonly DemoShelf[] = [
  {
    space: 'estuary',
    files: [
      {
        name: 'À lire avant de commencer.md',
        owner: 'clarisse',
        bytes: text(
          '# Rives et ports',
          '',
          'Les cartes sont dans **Cartes**, ce qui part au public dans **Concertation**.',
          'Une version n’est définitive que lorsque Samir l’a relue.',
        ),
      },
    ],
    folders: [
      {
        name: 'Cartes',
        owner: 'samir',
        files: [{ name: 'Trait de côte, secteur nord.png', owner: 'samir', bytes: coast() }],
      },
      {
        name: 'Concertation',
        owner: 'clarisse',
        files: [
          { name: 'Avis de concertation.pdf', owner: 'clarisse', bytes: notice },
          {
            name: 'Remarques reçues.csv',
            owner: 'nadia',
            bytes: text(
              'date;commune;sujet;suite',
              '2026-10-02;Port-Lancel;accès à la cale;transmis au service des ports',
              '2026-10-06;Saint-Aubin-des-Vases;roselière;réponse en préparation',
              '2026-10-09;Port-Lancel;bruit du chantier;horaires revus',
            ),
          },
        ],
      },
    ],
  },
  {
    space: 'observatory',
    files: [],
    folders: [
      {
        name: 'قياسات المدّ والجزر',
        owner: 'amina',
        files: [
          { name: 'قياسات أكتوبر.csv', owner: 'youssef', bytes: tides() },
          {
            name: 'ملاحظات المعايرة.txt',
            owner: 'leila',
            bytes: text(
              'تمت معايرة المحطة يوم 4 أكتوبر.',
              'الفرق عن القياس اليدوي أقل من سنتيمترين.',
              'الموعد القادم بعد ثلاثة أشهر.',
            ),
          },
        ],
      },
    ],
  },
  {
    space: 'harbour',
    files: [],
    folders: [
      {
        name: 'Winter timetable',
        owner: 'grace',
        files: [
          {
            name: 'Pilots on call.csv',
            owner: 'oliver',
            bytes: text(
              'week,first call,second call',
              '45,O. Hartley,Y. Benali',
              '46,Y. Benali,G. Okafor',
              '47,G. Okafor,O. Hartley',
            ),
          },
          {
            name: 'Open questions.md',
            owner: 'grace',
            bytes: text(
              '# Open questions',
              '',
              '- Does the early mooring slot move to 06:30 from December?',
              '- Who covers the lock on the two holidays?',
            ),
          },
        ],
      },
    ],
  },
];
