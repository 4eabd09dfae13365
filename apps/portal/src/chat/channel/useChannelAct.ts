'use client';
import { toast } from '@parvis/ui/Toast';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useProblem } from '../../problems/useProblem.ts';

/** Does something to a channel and shows the page as it is then; says why when it was refused. */
export function useChannelAct() {
  const problem = useProblem();
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  async function act(does: () => Promise<unknown>, then?: () => void) {
    setBusy(true);
    try {
      await does();
      then?.();
      router.refresh();
    } catch (error) {
      toast(problem(error), { tone: 'bad' });
    } finally {
      setBusy(false);
    }
  }
  return { busy, act };
}
