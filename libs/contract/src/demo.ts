import type { Locale, PersonKind } from './shape.ts';
import type { z } from 'zod';

/**
 * The invented ministry that a fresh `npm start` opens. These ids are fixed so that the realm's accounts and each
 * service's own seed speak of the same people and spaces without asking one another. Nothing here is a real person.
 */
export interface DemoPerson {
  /** The account's `sub` at the identity provider, and the person's id in the house. */
  readonly id: string;
  readonly username: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly locale: Locale;
  readonly kind: z.infer<typeof PersonKind>;
  readonly administrator: boolean;
  readonly organisation: string | null;
}

/** Demo accounts only: every person below signs in with it, and it is printed at each start. */
export const demoPassword = 'parvis-demo';

const personId = (serial: number) => `5eed0000-0000-4000-8000-${String(serial).padStart(12, '0')}`;
const spaceId = (serial: number) => `5eed0000-0000-4000-9000-${String(serial).padStart(12, '0')}`;

function person(
  serial: number,
  username: string,
  [firstName, lastName]: readonly [string, string],
  locale: Locale,
  more: Partial<Pick<DemoPerson, 'kind' | 'administrator' | 'organisation' | 'email'>> = {},
): DemoPerson {
  return {
    id: personId(serial),
    username,
    email: more.email ?? `${username}@littoral.example`,
    firstName,
    lastName,
    locale,
    kind: more.kind ?? 'member',
    administrator: more.administrator ?? false,
    organisation: more.organisation ?? null,
  };
}

/**
 * The people of infra/keycloak/parvis-demo-people.json (a test of the directory holds the two together). Inès runs the
 * site; Adèle is a guest, whom Clarisse sponsors.
 */
export const demoPeople = {
  ines: person(1, 'ines.marchand', ['Inès', 'Marchand'], 'fr', { administrator: true }),
  clarisse: person(2, 'clarisse.leguen', ['Clarisse', 'Le Guen'], 'fr'),
  samir: person(3, 'samir.kaddour', ['Samir', 'Kaddour'], 'fr'),
  yanis: person(4, 'yanis.benali', ['Yanis', 'Benali'], 'fr'),
  nadia: person(5, 'nadia.haddad', ['Nadia', 'Haddad'], 'fr'),
  amina: person(6, 'amina.bensalem', ['أمينة', 'بنسالم'], 'ar'),
  youssef: person(7, 'youssef.almansouri', ['يوسف', 'المنصوري'], 'ar'),
  leila: person(8, 'leila.trabelsi', ['ليلى', 'الطرابلسي'], 'ar'),
  oliver: person(9, 'oliver.hartley', ['Oliver', 'Hartley'], 'en'),
  grace: person(10, 'grace.okafor', ['Grace', 'Okafor'], 'en'),
  adele: person(11, 'adele.fontaine', ['Adèle', 'Fontaine'], 'fr', {
    kind: 'guest',
    organisation: 'Les Digues vives',
    email: 'adele.fontaine@diguesvives.example',
  }),
} as const satisfies Record<string, DemoPerson>;
export type DemoKey = keyof typeof demoPeople;

export const demoName = (one: DemoPerson): string => `${one.firstName} ${one.lastName}`;

export interface DemoSpace {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly locale: Locale;
  readonly owner: DemoKey;
  readonly members: readonly DemoKey[];
  readonly guests: readonly DemoKey[];
}

/** By a word that each service's seed can use. Only the estuary has a guest; the cabinet is closed to most. */
export const demoSpaces = {
  estuary: {
    id: spaceId(1),
    name: 'Rives et ports',
    description: 'Le Plan Estuaire : cartes, concertation et marchés',
    locale: 'fr',
    owner: 'clarisse',
    members: ['ines', 'samir', 'yanis', 'nadia', 'amina', 'grace'],
    guests: ['adele'],
  },
  observatory: {
    id: spaceId(2),
    name: 'مرصد السواحل',
    description: 'قياسات المدّ والجزر ومتابعة المناطق الرطبة',
    locale: 'ar',
    owner: 'amina',
    members: ['youssef', 'leila', 'ines', 'samir'],
    guests: [],
  },
  harbour: {
    id: spaceId(3),
    name: 'Harbour services',
    description: 'Pilots, moorings and the winter timetable',
    locale: 'en',
    owner: 'grace',
    members: ['oliver', 'ines', 'yanis', 'leila'],
    guests: [],
  },
  cabinet: {
    id: spaceId(4),
    name: 'Cabinet',
    description: 'Arbitrages et calendrier de la direction',
    locale: 'fr',
    owner: 'ines',
    members: ['clarisse'],
    guests: [],
  },
} as const satisfies Record<string, DemoSpace>;
export type DemoSpaceKey = keyof typeof demoSpaces;
