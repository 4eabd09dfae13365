import './apps.css';
import type { Channel } from '@parvis/contract/chat';
import { listHooks } from '@parvis/contract/chat-hook';
import { getTranslations } from 'next-intl/server';
import { askOrLeave } from '../../ask.ts';
import { SheetPage } from '../../shell/SheetPage.tsx';
import { Commands } from './Commands.tsx';
import { Incoming } from './Incoming.tsx';
import { Outgoing } from './Outgoing.tsx';

/** The programs that a channel works with, for those who manage it. */
export async function AppsPage({ channel }: { channel: Channel }) {
  const [t, hooks] = await Promise.all([
    getTranslations('chatApps'),
    askOrLeave(listHooks, { id: channel.id }),
  ]);
  return (
    <SheetPage title={t('title', { name: channel.title })} back={`/chat/${channel.id}`}>
      <div className="p-scroll">
        <div className="column">
          <Incoming channelId={channel.id} hooks={hooks.incoming} />
          <Outgoing channelId={channel.id} hooks={hooks.outgoing} mayWholeSpace={hooks.mayWholeSpace} />
          <Commands channelId={channel.id} commands={hooks.commands} />
        </div>
      </div>
    </SheetPage>
  );
}
