'use client';
import { Icon } from '@parvis/ui/Icon';
import { Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';

const NewSpaceDialog = dynamic(() => import('./NewSpaceDialog.tsx').then((part) => part.NewSpaceDialog), {
  ssr: false,
});

export function NewSpace({ label }: { label: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="p-to" aria-label={label} title={label} onClick={() => setOpen(true)}>
        <Icon of={Plus} />
      </button>
      {open && <NewSpaceDialog close={() => setOpen(false)} />}
    </>
  );
}
