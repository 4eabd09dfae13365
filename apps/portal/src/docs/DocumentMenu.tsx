'use client';
import { call } from '@parvis/contract/call';
import { restoreResource, trashResource } from '@parvis/contract/directory';
import { copyDocument } from '@parvis/contract/doc-history';
import type { Document } from '@parvis/contract/docs';
import { nameLengthMax } from '@parvis/contract/limits';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import type { MenuAction } from '@parvis/ui/Menu';
import { MenuLater } from '@parvis/ui/MenuLater';
import { toast } from '@parvis/ui/Toast';
import { Copy, Ellipsis, Link2, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useProblem } from '../problems/useProblem.ts';
import { wayTo } from '../shell/resource-way.ts';

/** What can be done with the document as a whole. */
function useActions(document: Document): readonly MenuAction[] {
  const t = useTranslations('docs');
  const problem = useProblem();
  const router = useRouter();
  const attempt = (act: () => Promise<void>) => () =>
    void act().catch((error: unknown) => toast(problem(error), { tone: 'bad' }));
  const copyAddress = async () => {
    await navigator.clipboard.writeText(location.origin + wayTo(document));
    toast(t('addressCopied'));
  };
  const duplicate = async () => {
    const title = t('copyOf', { title: document.title }).slice(0, nameLengthMax);
    router.push(wayTo(await call(copyDocument, { id: document.id, title })));
  };
  const restore = attempt(async () => {
    await call(restoreResource, { id: document.id });
    router.push(wayTo(document));
  });
  const remove = async () => {
    await call(trashResource, { id: document.id });
    router.push(document.spaceId === null ? '/' : `/space/${document.spaceId}`);
    toast(t('trashed', { title: document.title }), { action: { label: t('undo'), onPress: restore } });
  };
  const mayEdit = document.abilities.edit;
  return [
    {
      id: 'address',
      label: t('copyAddress'),
      icon: <Icon of={Link2} size="s" />,
      onAction: attempt(copyAddress),
    },
    { id: 'copy', label: t('duplicate'), icon: <Icon of={Copy} size="s" />, onAction: attempt(duplicate) },
    ...(mayEdit
      ? [
          {
            id: 'trash',
            label: t('trash'),
            icon: <Icon of={Trash2} size="s" />,
            danger: true,
            onAction: attempt(remove),
          },
        ]
      : []),
  ];
}

export function DocumentMenu({ document }: { document: Document }) {
  const t = useTranslations('docs');
  const actions = useActions(document);
  return (
    <MenuLater
      label={t('more')}
      align="end"
      trigger={
        <IconButton label={t('more')} tipAlign="end">
          <Icon of={Ellipsis} />
        </IconButton>
      }
      groups={[{ id: 'document', label: t('more'), items: actions }]}
    />
  );
}
