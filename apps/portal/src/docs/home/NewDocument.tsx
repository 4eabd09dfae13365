'use client';
import { Button } from '@parvis/ui/Button';
import { Icon } from '@parvis/ui/Icon';
import { Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';

const NewDocumentDialog = dynamic(
  () => import('../tree/NewDocumentDialog.tsx').then((part) => part.NewDocumentDialog),
  { ssr: false },
);

/** Makes a document in a space that is chosen in the dialog. */
export function NewDocument({ spaces }: { spaces: readonly { id: string; title: string }[] }) {
  const t = useTranslations('docsHome');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        kind="main"
        className="docs-new"
        icon={<Icon of={Plus} size="s" />}
        aria-label={t('new')}
        onClick={() => setOpen(true)}
      >
        <span>{t('new')}</span>
      </Button>
      {open && <NewDocumentDialog spaces={spaces} close={() => setOpen(false)} />}
    </>
  );
}
