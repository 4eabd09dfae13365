import { type Abilities, abilities, type Role } from './roles.ts';
import type { Meta, ResourceRow } from './tree.ts';

/**
 * What a service shows among the files of a space although it keeps it itself. It stands in the resource's meta, so that
 * lists of other services show it as what it is.
 */
export type Held = {
  /** Uid of the thing it belongs to: who does not see that does not see this. Null: of none in particular. */
  of: string | null;
  /** The day (`2027-02-23`) after which it is removed; null: not by the calendar. */
  until: string | null;
  /** Where on the one origin its bytes are asked for, and their SHA-256, in hexadecimal; null for a folder. */
  bytes: { path: string; sha256: string } | null;
};

const said = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Null for what is kept where it is shown, which is nearly everything. */
export function heldOf(meta: Meta): Held | null {
  const { held } = meta as { held?: Record<string, unknown> };
  if (held === undefined || held === null) return null;
  const { path, sha256 } = (held['bytes'] ?? {}) as Record<string, unknown>;
  const bytes = typeof path === 'string' && typeof sha256 === 'string' ? { path, sha256 } : null;
  return { of: said(held['of']), until: said(held['until']), bytes };
}

/** What somebody may do with a resource: what is held for another is renamed, moved and put away by managers only. */
export function abilitiesOn({ role, meta }: Pick<ResourceRow, 'meta'> & { role: Role }): Abilities {
  const may = abilities(role);
  return heldOf(meta) === null ? may : { ...may, edit: may.manage };
}
