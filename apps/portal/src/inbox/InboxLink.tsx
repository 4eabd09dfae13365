'use client';
import './bell.css';
import { Icon } from '@parvis/ui/Icon';
import { Bell } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { RailLink } from '../shell/RailLink.tsx';
import { useInboxUnread } from './live-inbox.ts';

/** Above it the count is shown as `99+`. */
const countMax = 99;

/** The bell in the rail, with how much is unread. */
export function InboxLink({ unread }: { unread: number }) {
  const t = useTranslations('inbox');
  const count = useInboxUnread(unread);
  const label = count > 0 ? t('titleUnread', { count }) : t('title');
  return (
    <RailLink href="/inbox" segment="inbox" label={label} short={t('short')}>
      <Icon of={Bell} />
      {/* Written by the style sheet, so that the words of the link are its name and nothing else. */}
      {count > 0 && (
        <span className="inbox-count" aria-hidden="true">
          <span className="p-count" data-mine data-value={count > countMax ? `${countMax}+` : count} />
        </span>
      )}
    </RailLink>
  );
}
