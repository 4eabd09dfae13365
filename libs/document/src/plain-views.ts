import {
  addDefaultPropsExternalHTML,
  createBlockSpec,
  createInlineContentSpec,
  parseDefaultProps,
} from '@blocknote/core';
import {
  calloutConfig,
  embedConfig,
  formulaConfig,
  mathConfig,
  mentionConfig,
  taskConfig,
  tocConfig,
} from './configs.ts';

/** The simplest look of our own blocks, without a screen: a screen gives them its own. */
const line = (): { dom: HTMLElement; contentDOM: HTMLElement } => {
  const dom = document.createElement('p');
  return { dom, contentDOM: dom };
};

const words = (tag: string, text: string): { dom: HTMLElement } => {
  const dom = document.createElement(tag);
  dom.textContent = text;
  return { dom };
};

export const plainTask = createBlockSpec(taskConfig, {
  meta: { isolating: false },
  parse: (element) =>
    element.dataset.contentType === 'task'
      ? { ...parseDefaultProps(element), checked: element.dataset.checked === 'true' }
      : undefined,
  render: line,
  toExternalHTML: (block) => {
    const made = line();
    addDefaultPropsExternalHTML(block.props, made.dom);
    return made;
  },
})();

export const plainCallout = createBlockSpec(calloutConfig, { meta: { isolating: false }, render: line })();
export const plainFormula = createBlockSpec(formulaConfig, {
  render: (block) => words('code', block.props.tex),
})();
export const plainEmbed = createBlockSpec(embedConfig, { render: () => words('div', '') })();
export const plainToc = createBlockSpec(tocConfig, { render: () => words('div', '') })();

export const plainMention = createInlineContentSpec(mentionConfig, {
  render: ({ props }) => words('span', props.label),
});
export const plainMath = createInlineContentSpec(mathConfig, {
  render: ({ props }) => words('code', props.tex),
});
