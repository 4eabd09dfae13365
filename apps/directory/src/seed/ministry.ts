import type { DemoKey, DemoSpaceKey } from '@parvis/contract/demo';
import type { Role } from '@parvis/access/roles';

/** A folder of the invented ministry: where it lies, who made it, and what it holds. */
export interface DemoFolder {
  readonly title: string;
  readonly by: DemoKey;
  readonly folders?: readonly DemoFolder[];
  /** A tree of its own, shown in the space to these people only, besides who made it. */
  readonly privateTo?: readonly DemoKey[];
  /** Given to one more person, who is not in the space. */
  readonly alsoTo?: readonly [DemoKey, Role];
}

export const folders: Readonly<Record<DemoSpaceKey, readonly DemoFolder[]>> = {
  estuary: [
    {
      title: 'Plan Estuaire',
      by: 'clarisse',
      folders: [
        { title: 'Cartes', by: 'yanis' },
        { title: 'Comptes rendus', by: 'clarisse' },
        { title: 'Concertation', by: 'nadia', alsoTo: ['oliver', 'commenter'] },
      ],
    },
    { title: 'Marchés 2027', by: 'yanis', privateTo: ['ines', 'clarisse'] },
    { title: 'Modèles du service', by: 'samir' },
  ],
  observatory: [
    {
      title: 'قياسات 2026',
      by: 'youssef',
      folders: [
        { title: 'المدّ والجزر', by: 'youssef' },
        { title: 'المناطق الرطبة', by: 'leila' },
      ],
    },
    { title: 'محاضر الاجتماعات', by: 'amina' },
  ],
  harbour: [
    { title: 'Rosters', by: 'oliver' },
    { title: 'Pilots and moorings', by: 'grace', folders: [{ title: 'Incident notes', by: 'yanis' }] },
  ],
  cabinet: [{ title: 'Arbitrages', by: 'ines', folders: [{ title: 'Budget 2027', by: 'clarisse' }] }],
};

/** Groups of people, for sharing. */
export const groups: readonly { name: string; members: readonly DemoKey[] }[] = [
  { name: 'Cartographie', members: ['yanis', 'nadia', 'samir'] },
  { name: 'فريق القياسات', members: ['youssef', 'leila'] },
  { name: 'Harbour desk', members: ['grace', 'oliver'] },
];
