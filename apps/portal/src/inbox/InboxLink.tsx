'use client';
import './bell.css';
import { Icon } from '@parvis/ui/Icon';
import { Bell } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Count } from '@parvis/ui/Count';
import { RailLink } from '../shell/RailLink.tsx';
import { useInboxUnread } from './live-inbox.ts';

/** The bell in the rail, with how much is unread. */
export function InboxLink({ unread }: { unread: number }) {
  const t = useTranslations('inbox');
  const count = useInboxUnread(unread);
  const label = count > 0 ? t('titleUnread', { count }) : t('title');
  return (
    <RailLink href="/inbox" segment="inbox" label={label} short={t('short')}>
      <Icon of={Bell} />
      <span className="inbox-count" aria-hidden="true">
        <Count value={count} mine />
      </span>
    </RailLink>
  );
}
