'use client';
import type { Member, Space } from '@parvis/contract/directory';
import { Tabs } from '@parvis/ui/Tabs';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { InviteColleague } from './InviteColleague.tsx';

const InviteGuest = dynamic(() => import('./InviteGuest.tsx').then((part) => part.InviteGuest), {
  ssr: false,
});

/** The two ways into a space: for somebody of the house, and for somebody from outside, whom the inviter answers for. */
export function InviteTabs(props: { space: Space; present: readonly Member[]; onInvited: () => void }) {
  const t = useTranslations('space');
  return (
    <Tabs
      label={t('ways')}
      tabs={[
        { id: 'inside', title: t('inside'), children: <InviteColleague {...props} /> },
        {
          id: 'outside',
          title: t('outside'),
          children: <InviteGuest space={props.space} onInvited={props.onInvited} />,
        },
      ]}
    />
  );
}
