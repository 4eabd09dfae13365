'use client';
import type { Space } from '@parvis/contract/directory';
import { Button } from '@parvis/ui/Button';
import { Icon } from '@parvis/ui/Icon';
import { UserPlus, Users } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';

const MembersDialog = dynamic(() => import('./MembersDialog.tsx').then((part) => part.MembersDialog), {
  ssr: false,
});

/** Opens who is in the space; for whom may share it, with the way to invite. */
export function MembersButton({ space }: { space: Space }) {
  const t = useTranslations('space');
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  const mayInvite = space.abilities.share;
  return (
    <>
      <Button
        icon={<Icon of={mayInvite ? UserPlus : Users} size="s" />}
        onClick={() => {
          setWanted(true);
          setOpen(true);
        }}
      >
        {t(mayInvite ? 'invite' : 'members')}
      </Button>
      {wanted && <MembersDialog space={space} open={open} onOpenChange={setOpen} />}
    </>
  );
}
