'use client';
import { call } from '@parvis/contract/call';
import { restoreResource, trashResource } from '@parvis/contract/directory';
import { duplicateDocument, favourDocument, unfavourDocument } from '@parvis/contract/doc-list';
import { createDocument } from '@parvis/contract/docs';
import { nameLengthMax } from '@parvis/contract/limits';
import type { Resource } from '@parvis/contract/shape';
import { Icon } from '@parvis/ui/Icon';
import type { MenuAction, MenuGroup } from '@parvis/ui/Menu';
import { toast } from '@parvis/ui/Toast';
import { Copy, FilePlus2, FolderInput, LayoutTemplate, Star, Trash2 } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { useProblem } from '../../problems/useProblem.ts';
import { wayTo } from '../../shell/resource-way.ts';

const MoveDialog = dynamic(() => import('./MoveDialog.tsx').then((part) => part.MoveDialog), { ssr: false });
const SaveTemplate = dynamic(() => import('./SaveTemplate.tsx').then((part) => part.SaveTemplate), {
  ssr: false,
});

type Subject = Resource & { favourite?: boolean };

/** Makes a blank document below a thing and goes there. */
export function useNewPage(): (parentId: string) => Promise<void> {
  const t = useTranslations('docsTree');
  const problem = useProblem();
  const router = useRouter();
  return async (parentId) => {
    try {
      router.push(wayTo(await call(createDocument, { parentId, title: t('untitled') })));
    } catch (error) {
      toast(problem(error), { tone: 'bad' });
    }
  };
}

/** Puts a document in the trash, with the pages below it, and offers to bring them back. */
export function useTrash(): (document: Resource) => Promise<void> {
  const t = useTranslations('docsTree');
  const router = useRouter();
  const problem = useProblem();
  const restore = (document: Resource) => {
    call(restoreResource, { id: document.id }).then(
      () => router.refresh(),
      (error: unknown) => toast(problem(error), { tone: 'bad' }),
    );
  };
  return async (document) => {
    await call(trashResource, { id: document.id });
    if (window.location.pathname === wayTo(document))
      router.push(document.spaceId === null ? '/docs' : `/space/${document.spaceId}`);
    else router.refresh();
    toast(t('trashed', { title: document.title }), {
      action: { label: t('undo'), onPress: () => restore(document) },
    });
  };
}

/** What can be done with a document from its line or its menu, and the dialog that one of them opens. */
export function usePageActions(
  document: Subject,
  { onDone = () => undefined }: { onDone?: () => void } = {},
): { groups: readonly MenuGroup[]; dialog: ReactNode; asking: boolean } {
  const t = useTranslations('docsTree');
  const problem = useProblem();
  const router = useRouter();
  const newPage = useNewPage();
  const trash = useTrash();
  const [asking, setAsking] = useState<'move' | 'template' | null>(null);
  const action = (id: string, icon: typeof Star, act: () => Promise<void>, danger = false): MenuAction => ({
    id,
    label: t(`actions.${id}`),
    icon: <Icon of={icon} size="s" />,
    danger,
    onAction: () => void act().catch((error: unknown) => toast(problem(error), { tone: 'bad' })),
  });
  const ask = (what: 'move' | 'template') => async () => setAsking(what);
  const favour = async () => {
    await call(document.favourite ? unfavourDocument : favourDocument, { id: document.id });
    router.refresh();
  };
  const duplicate = async () => {
    const title = t('copyOf', { title: document.title }).slice(0, nameLengthMax);
    router.push(wayTo(await call(duplicateDocument, { id: document.id, title, withPages: true })));
  };
  const { edit } = document.abilities;
  const groups: MenuGroup[] = [
    {
      id: 'page',
      label: t('page'),
      items: [
        ...(edit ? [action('newPage', FilePlus2, () => newPage(document.id))] : []),
        action(document.favourite ? 'unfavour' : 'favour', Star, favour),
      ],
    },
    {
      id: 'place',
      label: t('place'),
      items: [
        ...(edit ? [action('move', FolderInput, ask('move'))] : []),
        action('duplicate', Copy, duplicate),
        action('template', LayoutTemplate, ask('template')),
        ...(edit ? [action('trash', Trash2, () => trash(document), true)] : []),
      ],
    },
  ];
  const close = () => {
    setAsking(null);
    onDone();
  };
  const dialog = (
    <>
      {asking === 'move' && <MoveDialog document={document} close={close} />}
      {asking === 'template' && <SaveTemplate document={document} close={close} />}
    </>
  );
  return { groups, dialog, asking: asking !== null };
}
