'use client';
import { call } from '@parvis/contract/call';
import type { Channel } from '@parvis/contract/chat';
import { leaveChannel, placeChannel } from '@parvis/contract/chat-channel';
import { Button } from '@parvis/ui/Button';
import { Switch } from '@parvis/ui/Choice';
import { Icon } from '@parvis/ui/Icon';
import { FolderTree, LogOut, Pin } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useFormatter, useTranslations } from 'next-intl';
import { useChannelAct } from './useChannelAct.ts';

/** What the channel is for, the ways to what is in it, and its place in my own column. */
export function AboutTab({ channel }: { channel: Channel }) {
  const t = useTranslations('chatChannel');
  const format = useFormatter();
  const { conversation, spaceId } = channel;
  const isConversation = conversation !== null;
  const kind = conversation ?? channel.channelKind;
  return (
    <div className="chat-about">
      <section>
        <h3>{t(`kinds.${kind}`)}</h3>
        <p className="p-meta">{t(`kindNotes.${kind}`)}</p>
      </section>
      {channel.topic !== '' && (
        <section>
          <h3>{t('topic')}</h3>
          <p dir="auto">{channel.topic}</p>
        </section>
      )}
      {channel.description !== '' && (
        <section>
          <h3>{t('description')}</h3>
          <p className="chat-about-text" dir="auto">
            {channel.description}
          </p>
        </section>
      )}
      {channel.archivedAt !== null && (
        <p>
          {t('archivedSince', { date: format.dateTime(new Date(channel.archivedAt), { dateStyle: 'long' }) })}
        </p>
      )}
      {channel.retentionDays !== null && (
        <p className="p-meta">{t('keptDays', { count: channel.retentionDays })}</p>
      )}
      {channel.slowSeconds > 0 && <p className="p-meta">{t('slowNow', { count: channel.slowSeconds })}</p>}
      <nav className="chat-about-acts" aria-label={t('within')}>
        <Link className="p-btn" href={`/chat/${channel.id}?panel=pins`}>
          <Icon of={Pin} size="s" />
          {t('pins')}
        </Link>
        {!isConversation && spaceId !== null && (
          <Link className="p-btn" href={`/drive/${spaceId}`}>
            <Icon of={FolderTree} size="s" />
            {t('files')}
          </Link>
        )}
      </nav>
      <Place channel={channel} />
      {!isConversation && channel.joined && <Leave channel={channel} />}
    </div>
  );
}

const flags = ['starred', 'hidden'] as const;

/** Star and hiding: mine alone. How much of it I hear stands beside. */
function Place({ channel }: { channel: Channel }) {
  const t = useTranslations('chatChannel');
  const { busy, act } = useChannelAct();
  return (
    <section className="chat-about-place" aria-label={t('place')}>
      <h3>{t('place')}</h3>
      {flags.map((flag) => (
        <Switch
          key={flag}
          label={t(`places.${flag}`)}
          note={t(`placeNotes.${flag}`)}
          checked={channel[flag]}
          disabled={busy}
          onChange={({ target: { checked } }) =>
            void act(() => call(placeChannel, { id: channel.id, [flag]: checked }))
          }
        />
      ))}
    </section>
  );
}

function Leave({ channel }: { channel: Channel }) {
  const t = useTranslations('chatChannel');
  const router = useRouter();
  const { busy, act } = useChannelAct();
  const isPrivate = channel.channelKind === 'private';
  return (
    <section>
      <Button
        kind="danger-quiet"
        icon={<Icon of={LogOut} size="s" flip />}
        busy={busy}
        onClick={() =>
          void act(
            () => call(leaveChannel, { id: channel.id }),
            () => {
              if (isPrivate) router.push(channel.spaceId === null ? '/' : `/space/${channel.spaceId}`);
            },
          )
        }
      >
        {t('leaveThis')}
      </Button>
      <p className="p-meta">{t(isPrivate ? 'leavePrivateNote' : 'leaveNote')}</p>
    </section>
  );
}
