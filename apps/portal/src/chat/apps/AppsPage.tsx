import './apps.css';
import type { Channel } from '@parvis/contract/chat';
import { listHooks } from '@parvis/contract/chat-hook';
import { Icon } from '@parvis/ui/Icon';
import { IconLink } from '@parvis/ui/IconButton';
import { ArrowLeft } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { askOrLeave } from '../../ask.ts';
import { Commands } from './Commands.tsx';
import { Incoming } from './Incoming.tsx';
import { Outgoing } from './Outgoing.tsx';

/** The programs that a channel works with, for those who manage it. */
export async function AppsPage({ channel }: { channel: Channel }) {
  const [t, shell, hooks] = await Promise.all([
    getTranslations('chatApps'),
    getTranslations('shell'),
    askOrLeave(listHooks, { id: channel.id }),
  ]);
  return (
    <div className="p-sheet">
      <main className="p-main" id="main" tabIndex={-1}>
        <header className="p-bar">
          <IconLink href={`/chat/${channel.id}`} label={shell('back')}>
            <Icon of={ArrowLeft} flip />
          </IconLink>
          <div className="p-bar-title">
            <h1>{t('title', { name: channel.title })}</h1>
          </div>
        </header>
        <div className="p-scroll">
          <div className="column">
            <Incoming channelId={channel.id} hooks={hooks.incoming} />
            <Outgoing channelId={channel.id} hooks={hooks.outgoing} mayWholeSpace={hooks.mayWholeSpace} />
            <Commands channelId={channel.id} commands={hooks.commands} />
          </div>
        </div>
      </main>
    </div>
  );
}
