/** From least to most; each role may all that those before it may. */
export const roleNames = ['reader', 'commenter', 'editor', 'manager', 'owner'] as const;

export type Role = (typeof roleNames)[number];

/** What a role allows, sent with every payload so that no screen guesses. Reading is having a role at all. */
export type Abilities = { comment: boolean; edit: boolean; share: boolean; manage: boolean; own: boolean };

export type Ability = keyof Abilities;

/** Links, guests, bots and 'everyone' never get more than this: managing a thing needs a named colleague. */
export const widestShared: Role = 'editor';

const neededFor: Record<Ability, Role> = {
  comment: 'commenter',
  edit: 'editor',
  share: 'manager',
  manage: 'manager',
  own: 'owner',
};

/** The role as the database holds it: 1 (reader) to 5 (owner). */
export function rankOf(role: Role): number {
  return roleNames.indexOf(role) + 1;
}

/** The role of a stored rank; null for null. */
export function roleOf(rank: number | null | undefined): Role | null {
  return rank ? (roleNames[rank - 1] ?? null) : null;
}

/** True when `role` is at least `needed`; no role is never enough. */
export function atLeast(role: Role | null, needed: Role): boolean {
  return role !== null && rankOf(role) >= rankOf(needed);
}

/** What somebody with this role may do: share = give others access, manage = move and remove, own = hand over. */
export function abilities(role: Role | null): Abilities {
  const may = (ability: Ability) => atLeast(role, neededFor[ability]);
  return {
    comment: may('comment'),
    edit: may('edit'),
    share: may('share'),
    manage: may('manage'),
    own: may('own'),
  };
}

/** The least role that has the ability. */
export function roleNeededFor(ability: Ability): Role {
  return neededFor[ability];
}
