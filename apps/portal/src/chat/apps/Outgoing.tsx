'use client';
import { call } from '@parvis/contract/call';
import {
  createOutgoingHook,
  type HookEvent,
  hookEvents,
  type OutgoingHook,
} from '@parvis/contract/chat-hook';
import { addressLengthMax, nameLengthMax } from '@parvis/contract/limits';
import { Button } from '@parvis/ui/Button';
import { Checkbox } from '@parvis/ui/Choice';
import { TextField } from '@parvis/ui/TextField';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { AppDialog } from './AppDialog.tsx';
import { OutgoingLine } from './OutgoingLine.tsx';

interface Props {
  channelId: string;
  hooks: readonly OutgoingHook[];
  mayWholeSpace: boolean;
}

/** Programs that are told of what happens. */
export function Outgoing({ channelId, hooks, mayWholeSpace }: Props) {
  const t = useTranslations('chatApps');
  const [adding, setAdding] = useState(false);
  return (
    <section aria-labelledby="apps-out">
      <h2 id="apps-out">{t('outgoing')}</h2>
      <p className="p-meta">{t('outgoingHelp')}</p>
      <ul className="app-list">
        {hooks.map((hook) => (
          <OutgoingLine key={hook.id} channelId={channelId} hook={hook} />
        ))}
      </ul>
      <Button onClick={() => setAdding(true)}>{t('outgoingNew')}</Button>
      {adding && (
        <NewOutgoing channelId={channelId} mayWholeSpace={mayWholeSpace} close={() => setAdding(false)} />
      )}
    </section>
  );
}

function NewOutgoing({ channelId, mayWholeSpace, close }: Omit<Props, 'hooks'> & { close: () => void }) {
  const t = useTranslations('chatApps');
  const [name, setName] = useState('');
  const [url, setUrl] = useState('https://');
  const [events, setEvents] = useState<readonly HookEvent[]>(['message']);
  const [wholeSpace, setWholeSpace] = useState(false);
  async function make() {
    const made = await call(createOutgoingHook, {
      id: channelId,
      name,
      url,
      events: [...events],
      wholeSpace,
    });
    return { label: t('secret'), secret: made.secret, note: t('secretOnce') };
  }
  return (
    <AppDialog title={t('outgoingNew')} close={close} make={make}>
      <TextField
        label={t('name')}
        value={name}
        maxLength={nameLengthMax}
        required
        autoFocus
        onChange={(event) => setName(event.target.value)}
      />
      <TextField
        label={t('url')}
        help={t('urlHelp')}
        type="url"
        dir="ltr"
        value={url}
        maxLength={addressLengthMax}
        required
        onChange={(event) => setUrl(event.target.value)}
      />
      <fieldset className="app-events">
        <legend>{t('events')}</legend>
        {hookEvents.map((one) => (
          <Checkbox
            key={one}
            label={t(`event.${one}`)}
            checked={events.includes(one)}
            onChange={({ target }) =>
              setEvents(target.checked ? [...events, one] : events.filter((other) => other !== one))
            }
          />
        ))}
      </fieldset>
      {mayWholeSpace && (
        <Checkbox
          label={t('wholeSpace')}
          note={t('wholeSpaceHelp')}
          checked={wholeSpace}
          onChange={({ target }) => setWholeSpace(target.checked)}
        />
      )}
    </AppDialog>
  );
}
