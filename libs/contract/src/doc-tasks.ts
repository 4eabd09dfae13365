import { z } from 'zod';
import { Listed } from './doc-list.ts';
import { blockIdLengthMax, tasksPageMax } from './limits.ts';
import { operation } from './operation.ts';
import { Id, Instant, Nothing } from './shape.ts';

/** A task in the text of a document. */
export const Task = z.object({
  document: Listed,
  blockId: z.string(),
  text: z.string(),
  checked: z.boolean(),
  /** YYYY-MM-DD, or null. */
  due: z.iso.date().nullable(),
  /** When it was checked, or last changed. */
  changedAt: Instant,
});
export type Task = z.infer<typeof Task>;

export const listMyTasks = operation('GET', '/api/docs/tasks', {
  who: 'signed-in',
  summary:
    'Tasks assigned to me in all documents that I may see: open ones by due date, then those done lately',
  input: Nothing,
  output: z.object({ tasks: z.array(Task).max(tasksPageMax) }),
});
export const checkTask = operation('POST', '/api/docs/tasks/:documentId', {
  who: 'signed-in',
  summary: 'Check a task in the text of a document, or open it again',
  input: z.object({ documentId: Id, blockId: z.string().min(1).max(blockIdLengthMax), checked: z.boolean() }),
  output: z.object({ checked: z.boolean() }),
});
