import { firstUpdate } from '@parvis/document/seed';
import { fragmentName } from '@parvis/document/version';
import fc from 'fast-check';
import type { Node } from 'prosemirror-model';
import { EditorState } from 'prosemirror-state';
import { expect, test } from 'vitest';
import { initProseMirrorDoc, updateYFragment } from 'y-prosemirror';
import * as Y from 'yjs';
import { paragraphs, schema } from '../suggestions/writer.kit.ts';
import { blocksIn } from '../suggestions/tag.ts';
import { takeChanges, writeChanges } from './lean-binding.ts';

const first = firstUpdate(paragraphs('Le comité se réunit mardi.', 'Il décide.', 'Il écrit.', 'Fin.'));

/** A shared text and the way in which an editor's changes are written into it; counts the bytes that are sent. */
function written(write: typeof writeChanges) {
  const doc = new Y.Doc();
  doc.clientID = 7;
  Y.applyUpdate(doc, first);
  let bytes = 0;
  doc.on('update', (update: Uint8Array) => (bytes += update.length));
  const shared = doc.getXmlFragment(fragmentName);
  const { doc: node, meta } = initProseMirrorDoc(shared, schema);
  return {
    node,
    write: (next: Node) => doc.transact(() => write(doc, shared, next, meta)),
    /** What another would read. */
    read: () => initProseMirrorDoc(shared, schema).doc,
    bytes: () => bytes,
  };
}

const edit = fc.record({
  kind: fc.constantFrom('type', 'take', 'split', 'drop', 'all', 'empty'),
  block: fc.nat(12),
  at: fc.nat(30),
  words: fc.string({ minLength: 1, maxLength: 5 }),
});

/** One thing that somebody does in the editor. */
function edited(
  state: EditorState,
  { kind, block, at, words }: typeof edit extends fc.Arbitrary<infer T> ? T : never,
) {
  const { tr } = state;
  const blocks = blocksIn(state.doc);
  const one = blocks[block % blocks.length];
  if (one === undefined) return state;
  const [from, size] = [one.inside, one.content.content.size];
  const place = from + (size === 0 ? 0 : at % (size + 1));
  if (kind === 'type') tr.insertText(words, place);
  if (kind === 'take' && size > 0) tr.delete(from, place);
  if (kind === 'split') tr.split(place, 2);
  if (kind === 'drop' && blocks.length > 1) tr.delete(one.pos, one.pos + one.container.nodeSize);
  if (kind === 'all') tr.delete(0, state.doc.content.size);
  if (kind === 'empty')
    tr.replaceWith(0, state.doc.content.size, schema.topNodeType.createAndFill()?.content ?? []);
  return state.apply(tr);
}

test('what is written into the shared text is what stands in the editor, with no more bytes than the binding sends', () => {
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 25 }), (edits) => {
      const [ours, plain] = [written(writeChanges), written(updateYFragment as typeof writeChanges)];
      let state = EditorState.create({ doc: ours.node });
      for (const one of edits) {
        state = edited(state, one);
        ours.write(state.doc);
        plain.write(state.doc);
        expect(ours.read().toJSON()).toEqual(state.doc.toJSON());
      }
      expect(ours.bytes()).toBeLessThanOrEqual(plain.bytes());
    }),
    { numRuns: 60 },
  );
});

test('what others wrote is taken in as it stands, and what they left alone keeps its place', () => {
  const { node } = written(writeChanges);
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 6 }), fc.array(edit, { maxLength: 3 }), (before, theirs) => {
      const state = before.reduce(edited, EditorState.create({ doc: node }));
      const other = theirs.reduce(edited, state).doc;
      const tr = takeChanges(state, other.content);
      expect(tr.doc.toJSON()).toEqual(other.toJSON());
      const changed = blocksIn(other);
      for (const [nr, { container, pos }] of blocksIn(state.doc).entries()) {
        if (changed[nr]?.container.eq(container) !== true) break;
        expect(tr.mapping.mapResult(pos + 1)).toMatchObject({ pos: pos + 1, deleted: false });
        expect(tr.doc.nodeAt(pos)).toBe(container);
      }
    }),
    { numRuns: 120 },
  );
});
