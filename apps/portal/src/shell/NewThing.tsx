'use client';
import type { Space } from '@parvis/contract/directory';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { MenuLater } from '@parvis/ui/MenuLater';
import { FileUp, Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { NewKind } from './NewThingDialog.tsx';
import { ThingIcon } from './ThingIcon.tsx';

const NewThingDialog = dynamic(() => import('./NewThingDialog.tsx').then((part) => part.NewThingDialog), {
  ssr: false,
});
const NewDocumentDialog = dynamic(
  () => import('../docs/tree/NewDocumentDialog.tsx').then((part) => part.NewDocumentDialog),
  { ssr: false },
);
const NewChannelDialog = dynamic(
  () => import('../chat/channel/NewChannelDialog.tsx').then((part) => part.NewChannelDialog),
  { ssr: false },
);
const ImportDialog = dynamic(
  () => import('../docs/convert/ImportDialog.tsx').then((part) => part.ImportDialog),
  { ssr: false },
);
type Kind = NewKind | 'channel' | 'document';
const kinds: readonly Kind[] = ['channel', 'document', 'folder', 'meeting'];

/** The one way to make something in a space: channel, document, folder, meeting. */
export function NewThing({ space }: { space: Space }) {
  const t = useTranslations('shell');
  const convert = useTranslations('docsConvert');
  const [kind, setKind] = useState<Kind | 'import' | null>(null);
  return (
    <>
      <MenuLater
        trigger={
          <IconButton label={t('new')} tipAlign="end">
            <Icon of={Plus} />
          </IconButton>
        }
        label={t('new')}
        align="end"
        groups={[
          {
            id: 'new',
            items: kinds.map((one) => ({
              id: one,
              label: t(`newThing.${one}`),
              icon: <ThingIcon kind={one} size="s" />,
              onAction: () => setKind(one),
            })),
          },
          {
            id: 'import',
            items: [
              {
                id: 'import',
                label: convert('importMenu'),
                icon: <Icon of={FileUp} size="s" />,
                onAction: () => setKind('import'),
              },
            ],
          },
        ]}
      />
      {kind === 'channel' && <NewChannelDialog space={space} close={() => setKind(null)} />}
      {kind === 'document' && <NewDocumentDialog spaces={[space]} close={() => setKind(null)} />}
      {kind === 'import' && <ImportDialog parentId={space.id} close={() => setKind(null)} />}
      {(kind === 'folder' || kind === 'meeting') && (
        <NewThingDialog key={kind} kind={kind} space={space} close={() => setKind(null)} />
      )}
    </>
  );
}
