'use client';
import { addDefaultPropsExternalHTML, parseDefaultProps } from '@blocknote/core';
import { createReactBlockSpec, type ReactCustomBlockRenderProps } from '@blocknote/react';
import { taskConfig } from '@parvis/document/configs';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';

const TaskDetails = dynamic(() => import('./TaskDetails.tsx').then((part) => part.TaskDetails), {
  ssr: false,
});

/** A thing to be done, by whom and until when. */
function TaskView({ block, editor, contentRef }: ReactCustomBlockRenderProps<typeof taskConfig>) {
  const t = useTranslations('docsEditor');
  const { checked, assignee, due } = block.props;
  const name = (Array.isArray(block.content) ? block.content : [])
    .map((one) => ('text' in one && typeof one.text === 'string' ? one.text : ''))
    .join('')
    .trim();
  return (
    <div className="docs-task" data-done={checked || undefined}>
      <span contentEditable={false} className="docs-task-box">
        <input
          type="checkbox"
          checked={checked}
          disabled={!editor.isEditable}
          aria-label={name === '' ? t('task.untitled') : name}
          onChange={() => editor.updateBlock(block, { props: { checked: !checked } })}
        />
      </span>
      <span className="docs-task-words" ref={contentRef} />
      <span contentEditable={false} className="docs-task-details">
        <TaskDetails
          assignee={assignee}
          due={due}
          done={checked}
          mayWrite={editor.isEditable}
          onChange={(props) => editor.updateBlock(block, { props })}
        />
      </span>
    </div>
  );
}

/** A task copied elsewhere: a line of a list with its box. */
function TaskOutside({ block, contentRef }: ReactCustomBlockRenderProps<typeof taskConfig>) {
  return (
    <li
      ref={(element) => {
        if (element !== null) addDefaultPropsExternalHTML(block.props, element);
      }}
    >
      <input type="checkbox" defaultChecked={block.props.checked} />
      <span ref={contentRef} />
    </li>
  );
}

export const taskBlock = createReactBlockSpec(taskConfig, {
  meta: { isolating: false },
  parse: (element) =>
    element.dataset.contentType === 'task'
      ? { ...parseDefaultProps(element), checked: element.dataset.checked === 'true' }
      : undefined,
  render: TaskView,
  toExternalHTML: TaskOutside,
})();
