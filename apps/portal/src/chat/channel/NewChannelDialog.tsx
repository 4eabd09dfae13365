'use client';
import { call } from '@parvis/contract/call';
import { createChannel } from '@parvis/contract/chat';
import type { Space } from '@parvis/contract/directory';
import { lineLengthMax, nameLengthMax } from '@parvis/contract/limits';
import { Button } from '@parvis/ui/Button';
import { RadioGroup, Switch } from '@parvis/ui/Choice';
import { Dialog } from '@parvis/ui/Dialog';
import { TextField } from '@parvis/ui/TextField';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useProblem } from '../../problems/useProblem.ts';

const kinds = ['public', 'private', 'announcements'] as const;
type OpenKind = (typeof kinds)[number];

interface Props {
  space: Pick<Space, 'id' | 'title'>;
  close: () => void;
}

/** What is being asked, and the making of it. */
function useNewChannel({ space, close }: Props) {
  const problem = useProblem();
  const router = useRouter();
  const [name, setName] = useState('');
  const [topic, setTopic] = useState('');
  const [kind, setKind] = useState<OpenKind>('public');
  const [forEveryone, setForEveryone] = useState(true);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | undefined>();
  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    try {
      const wanted = { name, topic: topic.trim(), channelKind: kind, forEveryone };
      const made = await call(createChannel, { spaceId: space.id, ...wanted });
      close();
      // Somebody has to be let in to a private channel: its people come first.
      router.push(`/chat/${made.id}${kind === 'private' ? '?panel=about.people' : ''}`);
      router.refresh();
    } catch (refusal) {
      setBusy(false);
      setError(problem(refusal));
    }
  }
  return { name, setName, topic, setTopic, kind, setKind, forEveryone, setForEveryone, busy, error, submit };
}

/** Asks for the name of a new channel, who is to read it and what it is about; says what each choice means. */
export function NewChannelDialog({ space, close }: Props) {
  const t = useTranslations('chatChannel');
  const shell = useTranslations('shell');
  const { name, setName, topic, setTopic, kind, setKind, forEveryone, setForEveryone, busy, error, submit } =
    useNewChannel({ space, close });
  return (
    <Dialog
      open
      size="l"
      onOpenChange={(open) => !open && close()}
      title={shell('newThing.channel')}
      closeLabel={shell('close')}
      actions={
        <>
          <Button kind="quiet" onClick={close}>
            {shell('cancel')}
          </Button>
          <Button kind="main" type="submit" form="new-channel" busy={busy}>
            {shell('create')}
          </Button>
        </>
      }
    >
      <form id="new-channel" className="p-form" onSubmit={(event) => void submit(event)}>
        <TextField
          label={shell('name')}
          value={name}
          onChange={(event) => setName(event.target.value)}
          maxLength={nameLengthMax}
          error={error}
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
      </form>
    </Dialog>
  );
}
