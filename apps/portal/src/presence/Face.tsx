'use client';
import { Avatar, type AvatarProps, type Presence } from '@parvis/ui/Avatar';
import { useTranslations } from 'next-intl';
import { usePresence } from './live-presence.ts';

const signs = { online: 'here', away: 'away', busy: 'busy', offline: undefined } as const;

/** A person's picture with whether they are here; the word for it is there for whoever does not see it. */
export function Face(props: Omit<AvatarProps, 'presence' | 'label'>) {
  const t = useTranslations('presence');
  const presence = usePresence(props.id);
  const sign: Presence | undefined = presence && signs[presence.state];
  return (
    <>
      <Avatar {...props} presence={sign} />
      {sign && presence && <span className="p-sr">{t(`states.${presence.state}`)}</span>}
    </>
  );
}
