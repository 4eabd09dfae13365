'use client';
import { call } from '@parvis/contract/call';
import { moveResource } from '@parvis/contract/directory';
import { toast } from '@parvis/ui/Toast';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useProblem } from '../../problems/useProblem.ts';

interface Movable {
  readonly id: string;
  readonly title: string;
  readonly parentId: string | null;
}

/** Moves a document below another thing, and offers the way back. */
export function useMove(): (document: Movable, parentId: string) => Promise<boolean> {
  const t = useTranslations('docsTree');
  const problem = useProblem();
  const router = useRouter();
  async function to(id: string, parentId: string): Promise<boolean> {
    try {
      await call(moveResource, { id, parentId });
      router.refresh();
      return true;
    } catch (error) {
      toast(problem(error), { tone: 'bad' });
      return false;
    }
  }
  return async ({ id, title, parentId: from }, parentId) => {
    if (!(await to(id, parentId))) return false;
    const undo = from === null ? {} : { action: { label: t('undo'), onPress: () => void to(id, from) } };
    toast(t('moved', { title }), undo);
    return true;
  };
}
