'use client';
import './channel.css';
import { call } from '@parvis/contract/call';
import { type Channel, listChannels } from '@parvis/contract/chat';
import { joinChannel, leaveChannel, placeChannel } from '@parvis/contract/chat-channel';
import { Badge } from '@parvis/ui/Badge';
import { Button } from '@parvis/ui/Button';
import { Dialog } from '@parvis/ui/Dialog';
import { SkeletonLines } from '@parvis/ui/Skeleton';
import { TextField } from '@parvis/ui/TextField';
import { toast } from '@parvis/ui/Toast';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useProblem } from '../../problems/useProblem.ts';
import { ChannelIcon } from './ChannelIcon.tsx';

const folded = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase();

/** All channels of a space that I may read: to look into, to join, to leave; archived ones last. */
export function BrowseDialog({ spaceId, close }: { spaceId: string; close: () => void }) {
  const t = useTranslations('chatChannel');
  const shell = useTranslations('shell');
  const problem = useProblem();
  const router = useRouter();
  const [channels, setChannels] = useState<readonly Channel[] | null>(null);
  const [text, setText] = useState('');
  useEffect(() => {
    const stop = new AbortController();
    call(listChannels, { id: spaceId }, { signal: stop.signal }).then(
      (answer) => setChannels(answer.channels),
      (error: unknown) => !stop.signal.aborted && toast(problem(error), { tone: 'bad' }),
    );
    return () => stop.abort();
    // oxlint-disable-next-line react/exhaustive-deps -- asked once each time it opens
  }, [spaceId]);

  async function change(channel: Channel) {
    try {
      let now = channel;
      if (channel.hidden) now = await call(placeChannel, { id: channel.id, hidden: false });
      else if (!channel.joined) now = await call(joinChannel, { id: channel.id });
      else {
        await call(leaveChannel, { id: channel.id });
        now = { ...channel, joined: false };
      }
      setChannels((all) => all?.map((one) => (one.id === now.id ? now : one)) ?? null);
      router.refresh();
    } catch (error) {
      toast(problem(error), { tone: 'bad' });
    }
  }
  const wanted = folded(text);
  const shown = channels
    ?.filter((one) => folded(`${one.title} ${one.topic}`).includes(wanted))
    .sort((a, b) => Number(a.archivedAt !== null) - Number(b.archivedAt !== null));
  return (
    <Dialog
      open
      size="l"
      onOpenChange={(open) => !open && close()}
      title={t('browseTitle')}
      closeLabel={shell('close')}
    >
      <TextField
        label={t('browseFind')}
        labelHidden
        placeholder={t('browseFind')}
        value={text}
        onChange={(event) => setText(event.target.value)}
        autoFocus
      />
      {shown === undefined && <SkeletonLines label={t('loading')} rows={4} faces={false} />}
      {shown?.length === 0 && <p className="p-meta">{t('browseNothing')}</p>}
      <ul className="p-lines chat-browse">
        {shown?.map((channel) => (
          <BrowseLine
            key={channel.id}
            channel={channel}
            close={close}
            onChange={() => void change(channel)}
          />
        ))}
      </ul>
    </Dialog>
  );
}

function BrowseLine(props: { channel: Channel; close: () => void; onChange: () => void }) {
  const { channel, close, onChange } = props;
  const t = useTranslations('chatChannel');
  const mayLeave = channel.channelKind !== 'private';
  const act = channel.hidden ? 'unhide' : channel.joined ? 'leave' : 'join';
  return (
    <li>
      <ChannelIcon kind={channel.conversation ?? channel.channelKind} size="s" />
      <div className="chat-browse-words">
        <Link className="p-link" href={`/chat/${channel.id}`} onClick={close}>
          <bdi>{channel.title}</bdi>
        </Link>
        {channel.topic !== '' && (
          <span className="p-meta p-cut" dir="auto">
            {channel.topic}
          </span>
        )}
      </div>
      {channel.archivedAt !== null && <Badge>{t('archived')}</Badge>}
      {(act !== 'leave' || mayLeave) && (
        <Button kind={act === 'leave' ? 'quiet' : 'plain'} onClick={onChange}>
          {t(act)}
          <span className="p-sr"> {channel.title}</span>
        </Button>
      )}
    </li>
  );
}
