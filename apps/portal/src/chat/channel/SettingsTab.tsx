'use client';
import { call } from '@parvis/contract/call';
import type { Channel } from '@parvis/contract/chat';
import { archiveChannel, changeChannel, unarchiveChannel } from '@parvis/contract/chat-channel';
import { channelDescriptionLengthMax, lineLengthMax, nameLengthMax } from '@parvis/contract/limits';
import { Button, LinkButton } from '@parvis/ui/Button';
import { Icon } from '@parvis/ui/Icon';
import { Select } from '@parvis/ui/Select';
import { TextArea, TextField } from '@parvis/ui/TextField';
import { toast } from '@parvis/ui/Toast';
import { Archive, Plug } from 'lucide-react';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useChannelAct } from './useChannelAct.ts';

/** Seconds that are offered; the server takes any up to its limit. */
const slowChoices = [0, 5, 30, 60, 300, 3_600] as const;
/** Days that are offered, besides the rule of the house. */
const retentionChoices = [30, 90, 365, 1_825] as const;
const ruleOfHouse = 'house';

/** Name, topic, description and rules of a channel, each for whom may set it. */
export function SettingsTab({ channel }: { channel: Channel }) {
  const t = useTranslations('chatChannel');
  const apps = useTranslations('chatApps');
  const { busy, act } = useChannelAct();
  const [title, setTitle] = useState(channel.title);
  const [topic, setTopic] = useState(channel.topic);
  const [description, setDescription] = useState(channel.description);
  const mayManage = channel.abilities.manage;
  const closed = channel.archivedAt !== null;
  function submit(event: FormEvent) {
    event.preventDefault();
    void act(
      () =>
        call(changeChannel, {
          id: channel.id,
          ...(mayManage && title.trim() !== channel.title ? { title } : {}),
          topic: topic.trim(),
          description,
        }),
      () => toast(t('saved')),
    );
  }
  return (
    <div className="chat-about">
      <form className="p-form" onSubmit={submit}>
        {mayManage && (
          <TextField
            label={t('name')}
            value={title}
            maxLength={nameLengthMax}
            required
            disabled={closed}
            onChange={(event) => setTitle(event.target.value)}
          />
        )}
        <TextField
          label={t('topic')}
          help={t('topicHelp')}
          value={topic}
          maxLength={lineLengthMax}
          disabled={closed}
          onChange={(event) => setTopic(event.target.value)}
        />
        <TextArea
          label={t('description')}
          value={description}
          maxLength={channelDescriptionLengthMax}
          disabled={closed}
          onChange={(event) => setDescription(event.target.value)}
        />
        <Button type="submit" kind="main" busy={busy} disabled={closed}>
          {t('save')}
        </Button>
      </form>
      {mayManage && !closed && <Rules channel={channel} />}
      {mayManage && (
        <LinkButton href={`/chat/${channel.id}/apps`} icon={<Icon of={Plug} size="s" />} as={Link}>
          {apps('open')}
        </LinkButton>
      )}
      {mayManage && <Ending channel={channel} />}
    </div>
  );
}

function Rules({ channel }: { channel: Channel }) {
  const t = useTranslations('chatChannel');
  const format = useFormatter();
  const { busy, act } = useChannelAct();
  const slow = new Set<number>([...slowChoices, channel.slowSeconds]);
  const kept = new Set<number>([
    ...retentionChoices,
    ...(channel.retentionDays === null ? [] : [channel.retentionDays]),
  ]);
  const ascending = (one: number, other: number) => one - other;
  return (
    <section className="p-form" aria-label={t('rules')}>
      <Select
        label={t('slow')}
        help={t('slowHelp')}
        value={String(channel.slowSeconds)}
        disabled={busy}
        options={[...slow].sort(ascending).map((seconds) => ({
          id: String(seconds),
          label: seconds === 0 ? t('slowOff') : t('slowSeconds', { count: seconds }),
        }))}
        onChange={(id) => void act(() => call(changeChannel, { id: channel.id, slowSeconds: Number(id) }))}
      />
      <Select
        label={t('retention')}
        help={t('retentionHelp')}
        value={channel.retentionDays === null ? ruleOfHouse : String(channel.retentionDays)}
        disabled={busy}
        options={[
          { id: ruleOfHouse, label: t('retentionHouse') },
          ...[...kept].sort(ascending).map((days) => ({
            id: String(days),
            label: t('retentionDays', { count: days, days: format.number(days) }),
          })),
        ]}
        onChange={(id) =>
          void act(() =>
            call(changeChannel, { id: channel.id, retentionDays: id === ruleOfHouse ? null : Number(id) }),
          )
        }
      />
    </section>
  );
}

/** Archiving can be undone, so that it does not ask twice. */
function Ending({ channel }: { channel: Channel }) {
  const t = useTranslations('chatChannel');
  const { busy, act } = useChannelAct();
  const archived = channel.archivedAt !== null;
  return (
    <section>
      <Button
        icon={<Icon of={Archive} size="s" />}
        busy={busy}
        onClick={() => void act(() => call(archived ? unarchiveChannel : archiveChannel, { id: channel.id }))}
      >
        {t(archived ? 'unarchive' : 'archive')}
      </Button>
      <p className="p-meta">{t(archived ? 'unarchiveNote' : 'archiveNote')}</p>
    </section>
  );
}
