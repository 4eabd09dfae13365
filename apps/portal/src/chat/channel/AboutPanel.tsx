'use client';
import './channel.css';
import { Tabs } from '@parvis/ui/Tabs';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ChannelLevel } from '../../inbox/settings/ChannelLevel.tsx';
import type { PanelProps } from '../panel/panels.tsx';
import { ReportsTab } from '../moderation/ReportsTab.tsx';
import { AboutTab } from './AboutTab.tsx';
import { PeopleTab } from './PeopleTab.tsx';
import { SettingsTab } from './SettingsTab.tsx';

/** What a channel is, who is in it, and for whom may change it, how. */
export function AboutPanel({ channel, about }: PanelProps) {
  const t = useTranslations('chatChannel');
  const moderation = useTranslations('chatModeration');
  const [tab, setTab] = useState(about ?? 'about');
  const isConversation = channel.conversation !== null;
  const maySet = !isConversation && (channel.abilities.edit || channel.abilities.manage);
  return (
    <Tabs
      label={t('about')}
      value={tab}
      onChange={setTab}
      tabs={[
        { id: 'about', title: t('about'), children: <AboutWithLevel channel={channel} /> },
        { id: 'people', title: t('people'), children: <PeopleTab channel={channel} /> },
        ...(maySet
          ? [{ id: 'settings', title: t('settings'), children: <SettingsTab channel={channel} /> }]
          : []),
        ...(!isConversation && channel.abilities.manage
          ? [{ id: 'reports', title: moderation('tab'), children: <ReportsTab channel={channel} /> }]
          : []),
      ]}
    />
  );
}

function AboutWithLevel({ channel }: Pick<PanelProps, 'channel'>) {
  return (
    <>
      <AboutTab channel={channel} />
      <ChannelLevel channelId={channel.id} />
    </>
  );
}
