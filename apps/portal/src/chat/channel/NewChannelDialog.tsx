'use client';
import { call } from '@parvis/contract/call';
import { createChannel } from '@parvis/contract/chat';
import type { Space } from '@parvis/contract/directory';
import { lineLengthMax, nameLengthMax } from '@parvis/contract/limits';
import { RadioGroup, Switch } from '@parvis/ui/Choice';
import { TextField } from '@parvis/ui/TextField';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { FormDialog } from '../../shell/FormDialog.tsx';

const kinds = ['public', 'private', 'announcements'] as const;
type OpenKind = (typeof kinds)[number];

interface Props {
  space: Pick<Space, 'id' | 'title'>;
  close: () => void;
}

/** Asks for the name of a new channel, who is to read it and what it is about; says what each choice means. */
export function NewChannelDialog({ space, close }: Props) {
  const t = useTranslations('chatChannel');
  const shell = useTranslations('shell');
  const router = useRouter();
  const [name, setName] = useState('');
  const [topic, setTopic] = useState('');
  const [kind, setKind] = useState<OpenKind>('public');
  const [forEveryone, setForEveryone] = useState(true);
  async function submit() {
    const wanted = { name, topic: topic.trim(), channelKind: kind, forEveryone };
    const made = await call(createChannel, { spaceId: space.id, ...wanted });
    // Somebody has to be let in to a private channel: its people come first.
    router.push(`/chat/${made.id}${kind === 'private' ? '?panel=about.people' : ''}`);
    router.refresh();
  }
  return (
    <FormDialog size="l" title={shell('newThing.channel')} onSubmit={submit} close={close}>
      {(refusal) => (
        <>
          <TextField
            label={shell('name')}
            value={name}
            onChange={(event) => setName(event.target.value)}
            maxLength={nameLengthMax}
            error={refusal}
            required
            autoFocus
          />
          <TextField
            label={t('topicOptional')}
            value={topic}
            onChange={(event) => setTopic(event.target.value)}
            maxLength={lineLengthMax}
          />
          <RadioGroup
            label={t('kind')}
            name="channel-kind"
            value={kind}
            onChange={(id) => setKind(id as OpenKind)}
            options={kinds.map((id) => ({ id, label: t(`kinds.${id}`), note: t(`kindNotes.${id}`) }))}
          />
          {kind !== 'private' && (
            <Switch
              label={t('forEveryone')}
              note={t(forEveryone ? 'forEveryoneOn' : 'forEveryoneOff')}
              checked={forEveryone}
              onChange={(event) => setForEveryone(event.target.checked)}
            />
          )}
        </>
      )}
    </FormDialog>
  );
}
