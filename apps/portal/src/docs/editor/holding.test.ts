import { firstUpdate } from '@parvis/document/seed';
import type { Node } from 'prosemirror-model';
import { expect, test } from 'vitest';
import { blocksIn } from '../suggestions/tag.ts';
import { paragraphs, Writer } from '../suggestions/writer.kit.ts';
import { holding } from './holding.ts';

test('after a change only the blocks that changed are looked at, and the answer is of the new text', () => {
  const writer = new Writer('anna', firstUpdate(paragraphs('Un.', 'Deux.', 'Trois.')), 'editing');
  const looked: Node[] = [];
  const isLoud = holding((node) => {
    looked.push(node);
    return node.isText && (node.text ?? '').includes('!');
  });
  const answer = () => blocksIn(writer.state.doc).map(({ container }) => isLoud(container));
  expect([isLoud(writer.state.doc), answer()]).toEqual([false, [false, false, false]]);

  looked.length = 0;
  writer.caret(1, 4).type('!');
  expect([isLoud(writer.state.doc), answer()]).toEqual([true, [false, true, false]]);
  expect(looked.filter((node) => node.isText).map(({ text }) => text)).toEqual(['Deux!.']);

  writer.erase(1);
  expect([isLoud(writer.state.doc), answer()]).toEqual([false, [false, false, false]]);
});
