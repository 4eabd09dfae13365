'use client';
import { call } from '@parvis/contract/call';
import { checkTask, type Task } from '@parvis/contract/doc-tasks';
import { Checkbox } from '@parvis/ui/Choice';
import { toast } from '@parvis/ui/Toast';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useFormatter, useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useProblem } from '../../problems/useProblem.ts';
import { useFresh } from '../tree/useNotices.ts';
import { type GroupName, groupNames, groupOf } from './groups.ts';

interface Props {
  tasks: readonly Task[];
  /** YYYY-MM-DD, in the calendar of the person. */
  today: string;
}
const keyOf = ({ document, blockId }: Task) => `${document.id}/${blockId}`;

/** My tasks by when they are due. One that is checked stays where it is until the page comes again, to be opened again. */
export function TaskList({ tasks, today }: Props) {
  const t = useTranslations('docsTasks');
  const problem = useProblem();
  const router = useRouter();
  const [checked, setChecked] = useState<ReadonlyMap<string, boolean>>(new Map());
  useFresh([...new Set(tasks.map(({ document }) => document.id))]);
  useEffect(() => setChecked(new Map()), [tasks]);
  const groups = groupNames.map((name) => ({
    name,
    tasks: tasks.filter((task) => groupOf(task, today) === name),
  }));

  function mark(task: Task, to: boolean | undefined) {
    setChecked((now) => {
      const next = new Map(now);
      if (to === undefined) next.delete(keyOf(task));
      else next.set(keyOf(task), to);
      return next;
    });
  }
  async function check(task: Task, to: boolean) {
    mark(task, to);
    try {
      await call(checkTask, { documentId: task.document.id, blockId: task.blockId, checked: to });
      if (to)
        toast(t('checked', { task: task.text }), {
          action: { label: t('undo'), onPress: () => void check(task, false) },
        });
      else router.refresh();
    } catch (error) {
      mark(task, undefined);
      toast(problem(error), { tone: 'bad' });
    }
  }
  return groups
    .filter((group) => group.tasks.length > 0)
    .map((group) => (
      <Group
        key={group.name}
        name={group.name}
        tasks={group.tasks}
        isChecked={(task) => checked.get(keyOf(task)) ?? task.checked}
        onCheck={(task, to) => void check(task, to)}
      />
    ));
}

interface GroupProps {
  name: GroupName;
  tasks: readonly Task[];
  isChecked: (task: Task) => boolean;
  onCheck: (task: Task, to: boolean) => void;
}

function Group({ name, tasks, isChecked, onCheck }: GroupProps) {
  const t = useTranslations('docsTasks');
  const format = useFormatter();
  return (
    <section aria-labelledby={`tasks-${name}`} className="tasks-group" data-group={name}>
      <h2 id={`tasks-${name}`}>
        {t(`groups.${name}`)} <span className="p-meta">{format.number(tasks.length)}</span>
      </h2>
      <ul>
        {tasks.map((task) => (
          <li key={keyOf(task)} data-done={isChecked(task) || undefined}>
            <Checkbox
              label={task.text || t('unnamed')}
              labelHidden
              checked={isChecked(task)}
              disabled={!task.document.abilities.edit}
              onChange={(event) => onCheck(task, event.target.checked)}
            />
            <Link href={`/docs/${task.document.id}#${encodeURIComponent(task.blockId)}`}>
              <span className="tasks-text" dir="auto">
                {task.text || t('unnamed')}
              </span>
              <span className="p-meta">
                <bdi>{task.document.title}</bdi>
              </span>
            </Link>
            {task.due !== null && (
              <time dateTime={task.due}>
                {format.dateTime(new Date(`${task.due}T12:00:00Z`), {
                  day: 'numeric',
                  month: 'short',
                  timeZone: 'UTC',
                })}
              </time>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
