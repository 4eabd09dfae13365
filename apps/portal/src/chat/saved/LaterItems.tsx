import { Icon } from '@parvis/ui/Icon';
import { Bookmark, CalendarClock } from 'lucide-react';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';

/** The ways to what one put off: saved messages, and those that wait for their time. */
export async function LaterItems() {
  const [saved, scheduled] = await Promise.all([
    getTranslations('chatSaved'),
    getTranslations('chatScheduled'),
  ]);
  return (
    <>
      <Link className="p-item" href="/saved">
        <Icon of={Bookmark} size="s" />
        <span className="p-cut">{saved('title')}</span>
      </Link>
      <Link className="p-item" href="/scheduled">
        <Icon of={CalendarClock} size="s" />
        <span className="p-cut">{scheduled('title')}</span>
      </Link>
    </>
  );
}
