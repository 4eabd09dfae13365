import { InputRule, inputRules, textblockTypeInputRule, wrappingInputRule } from 'prosemirror-inputrules';
import type { MarkType } from 'prosemirror-model';
import type { Plugin } from 'prosemirror-state';
import { schema } from './schema.ts';

const { nodes, marks } = schema;

/** Signs around words, typed to their end, become the style; the signs go. */
function around(pattern: RegExp, mark: MarkType): InputRule {
  return new InputRule(pattern, (state, match, start, end) => {
    const [whole, before = '', words = ''] = match;
    const parent = state.doc.resolve(start).parent;
    if (!parent.type.allowsMarkType(mark) || words.trim() !== words) return null;
    const from = start + before.length;
    // What is typed last is not in the document yet.
    const open = whole.slice(before.length).indexOf(words);
    const transaction = state.tr.delete(from + open + words.length, end).delete(from, from + open);
    return transaction.addMark(from, from + words.length, mark.create()).removeStoredMark(mark);
  });
}

/** `@channel` and `@here` call people, whether they were chosen in the list or typed. */
const called = new InputRule(/(?:^|[\s(])@(channel|here)([\s,.:;!?])$/u, (state, match, start, end) => {
  const [whole, kind, after = ''] = match;
  if (state.doc.resolve(start).parent.type.spec.code) return null;
  const from = start + whole.indexOf('@');
  const mention = nodes.mention.create({ kind, id: null, name: kind });
  return state.tr.replaceWith(from, end, [mention, schema.text(after)]);
});

/** Markdown as it is typed: at the beginning of a line for blocks, around words for styles. */
export function typingRules(): Plugin {
  return inputRules({
    rules: [
      wrappingInputRule(/^\s*([-+*])\s$/, nodes.bullet_list),
      wrappingInputRule(
        /^(\d{1,3})[.)]\s$/,
        nodes.ordered_list,
        (match) => ({ order: Number(match[1]) }),
        (match, node) => node.childCount + Number(node.attrs.order) === Number(match[1]),
      ),
      wrappingInputRule(/^\s*>\s$/, nodes.blockquote),
      textblockTypeInputRule(/^```([\w+#-]{0,20})\s$/, nodes.code_block, (match) => ({ language: match[1] })),
      around(/(^|[^*])\*\*([^*]+)\*\*$/, marks.strong),
      around(/(^|[^\p{L}\p{N}_])__([^_]+)__$/u, marks.strong),
      around(/(^|[^*])\*([^*]+)\*$/, marks.em),
      around(/(^|[^\p{L}\p{N}_])_([^_]+)_$/u, marks.em),
      around(/(^|[^~])~~([^~]+)~~$/, marks.strike),
      around(/(^|[^`])`([^`]+)`$/, marks.code),
      called,
    ],
  });
}
