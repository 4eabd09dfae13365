'use client';
import { toast } from '@parvis/ui/Toast';
import { useProblem } from '../../problems/useProblem.ts';

/** Says in passing why something could not be done. */
export function useTold(): (act: Promise<unknown>) => void {
  const problem = useProblem();
  return (act) => void act.catch((error: unknown) => toast(problem(error), { tone: 'bad' }));
}
