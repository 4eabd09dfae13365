import { schemaWith } from '@parvis/document/schema';
import { calloutBlock } from './CalloutBlock.tsx';
import { codeBlock } from './code-block.ts';
import { embedBlock } from './EmbedBlock.tsx';
import { formulaBlock, mathInline } from './FormulaBlock.tsx';
import { mentionInline } from './MentionInline.tsx';
import { taskBlock } from './TaskBlock.tsx';
import { tocBlock } from './TocBlock.tsx';

/** The one schema, with the looks of this screen. */
export const screenSchema = schemaWith({
  blocks: {
    task: taskBlock,
    callout: calloutBlock,
    formula: formulaBlock,
    embed: embedBlock,
    toc: tocBlock,
    codeBlock,
  },
  inlines: { mention: mentionInline, math: mathInline },
});
