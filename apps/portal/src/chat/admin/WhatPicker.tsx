'use client';
import { call } from '@parvis/contract/call';
import { findChannelsOfHouse } from '@parvis/contract/chat-retention';
import { listPeople } from '@parvis/contract/directory';
import { ComboBox } from '@parvis/ui/ComboBox';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';

export interface Picked {
  readonly kind: 'channel' | 'person';
  readonly id: string;
  readonly label: string;
}

interface Found extends Picked {
  readonly note?: string | undefined;
}

const suggestionsMax = 8;

/** A channel or a person of the house, by name. */
export function WhatPicker({
  picked,
  onPick,
}: {
  picked: Picked | null;
  onPick: (one: Picked | null) => void;
}) {
  const t = useTranslations('chatAdmin');
  const chat = useTranslations('chatChannel');
  const [text, setText] = useState('');
  const [found, setFound] = useState<readonly Found[]>([]);
  useEffect(() => {
    const stop = new AbortController();
    Promise.all([
      call(findChannelsOfHouse, { named: text }, { signal: stop.signal }),
      call(listPeople, { q: text, limit: suggestionsMax }, { signal: stop.signal }),
    ]).then(
      ([{ channels }, { people }]) =>
        setFound([
          ...channels.slice(0, suggestionsMax).map(({ id, title, channelKind, space }) => ({
            kind: 'channel' as const,
            id,
            label: title,
            note: [chat(`kinds.${channelKind}`), space].filter(Boolean).join(' · '),
          })),
          ...people.map(({ id, name, email }) => ({ kind: 'person' as const, id, label: name, note: email })),
        ]),
      () => undefined,
    );
    return () => stop.abort();
  }, [text, chat]);
  return (
    <ComboBox
      label={t('what')}
      options={found.map(({ id, label, note }) => ({ id, label, note }))}
      text={picked?.label ?? text}
      onText={(typed) => {
        setText(typed);
        if (picked !== null && typed !== picked.label) onPick(null);
      }}
      value={picked?.id ?? null}
      onChoose={(id) => onPick(found.find((one) => one.id === id) ?? null)}
      none={t('nothing')}
    />
  );
}
