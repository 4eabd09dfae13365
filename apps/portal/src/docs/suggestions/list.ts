import type { Node } from 'prosemirror-model';
import { type Act, acts, blocksIn, markNames, suggestedOf, type Tag, tagOf } from './tag.ts';

/** One suggestion as people read it: of one hand, at one time. */
export interface Suggestion extends Tag {
  /** Words that would come, and words that would go. */
  readonly inserted: string;
  readonly deleted: string;
  /** Whether words would look otherwise. */
  readonly looks: boolean;
  /** What would happen to whole blocks. */
  readonly acts: readonly Act[];
  /** Where it begins. */
  readonly pos: number;
}

interface Growing extends Tag {
  inserted: string;
  deleted: string;
  looks: boolean;
  acts: Act[];
  pos: number;
}

/** Words of one suggestion in several blocks are not read as one word. */
function joined(before: string, more: string, sameBlock: boolean): string {
  return (before === '' || sameBlock ? before : `${before} `) + more;
}

/** All that is suggested in a document, in the order of the text. */
export function suggestionsIn(doc: Node): Suggestion[] {
  const found = new Map<string, Growing>();
  const at = (tag: Tag, pos: number): Growing => {
    const growing = found.get(tag.id) ?? { ...tag, inserted: '', deleted: '', looks: false, acts: [], pos };
    found.set(tag.id, growing);
    return growing;
  };
  for (const { container, content, pos } of blocksIn(doc)) {
    const suggested = suggestedOf(container);
    for (const act of acts) {
      const tag = suggested[act];
      if (tag) at({ id: tag.id, person: tag.person, at: tag.at }, pos).acts.push(act);
    }
    const begun = new Set<string>();
    content.descendants((node, offset) => {
      if (!node.isInline) return true;
      for (const mark of node.marks) {
        if (!(markNames as readonly string[]).includes(mark.type.name)) continue;
        const growing = at(tagOf(mark), pos + 2 + offset);
        const { name } = mark.type;
        const isSame = begun.has(name + growing.id);
        begun.add(name + growing.id);
        const more = node.text ?? ' ';
        if (name === 'insertion') growing.inserted = joined(growing.inserted, more, isSame);
        else if (name === 'deletion') growing.deleted = joined(growing.deleted, more, isSame);
        else growing.looks = true;
      }
      return false;
    });
  }
  return [...found.values()];
}
