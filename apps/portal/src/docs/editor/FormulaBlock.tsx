'use client';
import {
  createReactBlockSpec,
  createReactInlineContentSpec,
  type ReactCustomBlockRenderProps,
} from '@blocknote/react';
import { formulaConfig, mathConfig } from '@parvis/document/configs';
import dynamic from 'next/dynamic';
import { Tex } from './Tex.tsx';
import type { DocumentEditor } from './document-editor.ts';
import { backToText, goOnAfter } from './insert.ts';

const TexField = dynamic(() => import('./TexField.tsx').then((part) => part.TexField), { ssr: false });

/** A formula on a line of its own. */
function FormulaView({ block, editor }: ReactCustomBlockRenderProps<typeof formulaConfig>) {
  const { tex } = block.props;
  return (
    <div className="docs-formula-line" contentEditable={false}>
      {editor.isEditable ? (
        <TexField
          tex={tex}
          display
          onChange={(changed) => editor.updateBlock(block, { props: { tex: changed } })}
          onDone={() => goOnAfter(editor as unknown as DocumentEditor, block)}
        />
      ) : (
        <Tex tex={tex} display />
      )}
    </div>
  );
}

export const formulaBlock = createReactBlockSpec(formulaConfig, {
  render: FormulaView,
  toExternalHTML: ({ block }) => <p>{`$$${block.props.tex}$$`}</p>,
})();

/** A formula within a line. */
export const mathInline = createReactInlineContentSpec(mathConfig, {
  render: ({ inlineContent, updateInlineContent, editor }) => {
    const { tex } = inlineContent.props;
    if (!editor.isEditable) return <Tex tex={tex} display={false} />;
    return (
      <TexField
        tex={tex}
        display={false}
        onChange={(changed) => updateInlineContent({ type: 'math', props: { tex: changed } })}
        onDone={() => backToText(editor)}
      />
    );
  },
  toExternalHTML: ({ inlineContent }) => <span>{`$${inlineContent.props.tex}$`}</span>,
});
