import type { AccessCode } from './errors.ts';
import { everyoneId } from './grants.ts';
import type { ResourceKind } from './tree.ts';

/**
 * The rules of access written the slow and obvious way, in memory, with no labels and no scopes: what the property
 * test holds the database to. Ranks are 1 (reader) to 5 (owner), 0 is none.
 */
export type Held = { rank: number; ends: boolean; over: boolean };
export type Thing = {
  uid: string;
  id: number;
  kind: ResourceKind;
  parent: Thing | null;
  /** For a private tree: the space it is shown in. */
  shownIn: Thing | null;
  trashed: boolean;
  grants: Map<number, Held>;
};
export type Someone = { id: number; guest: boolean; disabled: boolean; over: boolean };
export type MadeLink = {
  uid: string;
  token: string;
  thing: Thing;
  rank: number;
  open: boolean;
  over: boolean;
  gone: boolean;
};

export type Labels = {
  top: number;
  access: number | null;
  space: number | null;
  hidden: boolean;
  root: boolean;
  above: number | null;
};

export class SlowModel {
  readonly people: Someone[] = [];
  readonly groups = new Map<number, Set<number>>();
  things: Thing[] = [];
  links: MadeLink[] = [];

  path(thing: Thing): Thing[] {
    return thing.parent ? [thing, ...this.path(thing.parent)] : [thing];
  }

  top(thing: Thing): Thing {
    return this.path(thing).at(-1) as Thing;
  }

  space(thing: Thing): Thing | null {
    const top = this.top(thing);
    return top.kind === 'space' ? top : top.shownIn;
  }

  below(thing: Thing): Thing[] {
    return this.things.filter((each) => this.path(each).includes(thing) || this.top(each).shownIn === thing);
  }

  hidden(thing: Thing): boolean {
    const shownIn = this.top(thing).shownIn;
    return this.path(thing).some((each) => each.trashed) || (shownIn?.trashed ?? false);
  }

  /** What a row of the tree must carry, given which things are access roots. */
  labels(thing: Thing, isRoot: (thing: Thing) => boolean): Labels {
    const nearest = (from: Thing | null) => (from && this.path(from).find(isRoot)?.id) ?? null;
    return {
      top: this.top(thing).id,
      access: nearest(thing),
      space: this.space(thing)?.id ?? null,
      hidden: this.hidden(thing),
      root: isRoot(thing),
      above: isRoot(thing) ? nearest(thing.parent) : null,
    };
  }

  active(person: Someone): boolean {
    return !person.disabled && !person.over;
  }

  private inGroup(groupId: number, personId: number): boolean {
    return [...(this.groups.get(groupId) ?? [])].some((id) => id === personId || this.inGroup(id, personId));
  }

  /** The rank that grants give, whether or not the thing is in the trash. */
  rank(person: Someone | null, thing: Thing, link?: MadeLink): number {
    const reached = (id: number) =>
      person !== null &&
      this.active(person) &&
      (id === person.id || (id === everyoneId ? !person.guest : this.inGroup(id, person.id)));
    const ranks = this.path(thing).flatMap((each) =>
      [...each.grants].filter(([id, held]) => !held.over && reached(id)).map(([, held]) => held.rank),
    );
    const usable = link && !link.over && (link.open || (person && this.active(person) && !person.guest));
    if (link && usable && this.path(thing).includes(link.thing)) ranks.push(link.rank);
    return Math.max(0, ...ranks);
  }

  role(person: Someone | null, thing: Thing, link?: MadeLink): number {
    return this.hidden(thing) ? 0 : this.rank(person, thing, link);
  }

  refusesGrant(thing: Thing, subjectId: number, rank: number, ends: boolean): AccessCode | null {
    const guest = this.people.some(({ id, guest }) => id === subjectId && guest);
    if (rank > 3 && (guest || subjectId === everyoneId)) return 'role-too-high';
    if (rank === 5 && this.groups.has(subjectId)) return 'role-too-high';
    return rank === 5 && !ends ? null : this.refusesLoss(thing, subjectId);
  }

  refusesLoss(thing: Thing, subjectId: number): AccessCode | null {
    if (thing.parent) return null;
    const owners = [...thing.grants].filter(([, held]) => held.rank === 5 && !held.ends).map(([id]) => id);
    const stays = owners.some(
      (id) => id !== subjectId && this.people.some((p) => p.id === id && !p.disabled),
    );
    return owners.includes(subjectId) && !stays ? 'last-owner' : null;
  }

  refusesMove(thing: Thing, target: Thing): AccessCode | null {
    if (this.hidden(target)) return 'parent-missing';
    if (thing.kind === 'space' || this.hidden(thing)) return 'not-movable';
    return this.path(target).includes(thing) ? 'cycle' : null;
  }

  refusesRestore(thing: Thing): AccessCode | null {
    if (!this.hidden(thing)) return 'not-in-trash';
    const above = thing.parent ?? thing.shownIn;
    return (above && this.hidden(above)) || !thing.trashed ? 'parent-in-trash' : null;
  }

  refusesMember(groupId: number, subjectId: number): AccessCode | null {
    return groupId === subjectId || this.inGroup(subjectId, groupId) ? 'group-cycle' : null;
  }
}
