import { listUnread } from '@parvis/contract/chat';
import { listSpaces, type Me } from '@parvis/contract/directory';
import { countInbox } from '@parvis/contract/notify';
import { Icon } from '@parvis/ui/Icon';
import { Mark } from '@parvis/ui/Mark';
import { SpaceTile } from '@parvis/ui/SpaceTile';
import { CalendarDays, FileText, House, ListChecks, MessageCircle, Users } from 'lucide-react';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { ask } from '../ask.ts';
import { InboxLink } from '../inbox/InboxLink.tsx';
import { AccountMenu } from './AccountMenu.tsx';
import { NewSpace } from './NewSpace.tsx';
import { PaletteButton } from './PaletteButton.tsx';
import { DirectDot, RailLink, SpaceLink } from './RailLink.tsx';

/** The slim rail: home, search, people, and a stone for each space. At 360 px it is the bar at the bottom. */
export async function Rail({ me }: { me: Me }) {
  const [t, direct, meetings, { spaces }, unread, inbox] = await Promise.all([
    getTranslations('shell'),
    getTranslations('chatDirect'),
    getTranslations('meetings'),
    ask(listSpaces, {}),
    ask(listUnread, {}).catch(() => ({ channels: [] })),
    ask(countInbox, {}).catch(() => ({ unread: 0 })),
  ]);
  const unreadSpaces = new Set(unread.channels.map((channel) => channel.spaceId));
  return (
    <aside className="p-rail" aria-label={t('rail')}>
      <a className="p-skip" href="#main">
        {t('skip')}
      </a>
      <Link className="p-rail-mark" href="/" aria-label={t('home')}>
        <Mark />
      </Link>
      <nav aria-label={t('main')}>
        <RailLink href="/" segment={null} label={t('home')}>
          <Icon of={House} />
        </RailLink>
        <InboxLink unread={inbox.unread} />
        <PaletteButton label={t('find')} short={t('findShort')} />
        <RailLink href="/messages" segment="messages" label={direct('title')} short={direct('short')}>
          <Icon of={MessageCircle} />
          <DirectDot unread={unreadSpaces.has(null)} label={t('unread')} />
        </RailLink>
        <RailLink href="/meetings" segment="meetings" label={meetings('title')} short={meetings('short')}>
          <Icon of={CalendarDays} />
        </RailLink>
        <RailLink href="/docs" segment="docs" alone label={t('documents')} short={t('documentsShort')}>
          <Icon of={FileText} />
        </RailLink>
        <RailLink href="/tasks" segment="tasks" label={t('tasks')} short={t('tasksShort')}>
          <Icon of={ListChecks} />
        </RailLink>
        {me.person.kind === 'member' && (
          <RailLink href="/people" segment="people" wide label={t('people')}>
            <Icon of={Users} />
          </RailLink>
        )}
        <AccountMenu me={me} phone />
      </nav>
      <hr />
      <nav className="p-rail-spaces" aria-label={t('spaces')}>
        {spaces.map((space) => (
          <SpaceLink
            key={space.id}
            id={space.id}
            label={space.title}
            unread={unreadSpaces.has(space.id)}
            unreadLabel={t('unread')}
          >
            <SpaceTile id={space.id} />
          </SpaceLink>
        ))}
        {me.person.kind === 'member' && <NewSpace label={t('newSpace')} />}
      </nav>
      <div className="p-rail-foot">
        <AccountMenu me={me} />
      </div>
    </aside>
  );
}
