import { createExtension } from '@blocknote/core';
import { Extension, InputRule } from '@tiptap/core';
import { noteMade } from './made.ts';

/** `$x^2$` as it is typed; money (`5 $ and 6 $`) is left alone. */
const inlineMath = /(?:^|\s)(\$([^\s$](?:[^$]*[^\s$])?)\$)$/;

/** Formulas as they are typed: `$…$` within a line, `$$ ` for one of its own. */
export const typedFormulas = createExtension(() => ({
  key: 'parvisTypedFormulas',
  inputRules: [
    {
      find: /^\$\$\s$/,
      replace: () => {
        noteMade('formula');
        return { type: 'formula', props: {} } as never;
      },
    },
  ],
  tiptapExtensions: [
    Extension.create({
      name: 'parvisInlineMath',
      addInputRules: () => [
        new InputRule({
          find: inlineMath,
          handler: ({ state, range, match }) => {
            const [whole, typed, tex] = match;
            const node = state.schema.nodes.math?.create({ tex });
            if (node === undefined || typed === undefined) return;
            state.tr.replaceWith(range.from + whole.length - typed.length, range.to, node);
          },
        }),
      ],
    }),
  ],
}));
