'use client';
import { call } from '@parvis/contract/call';
import { find } from '@parvis/contract/directory';
import type { Resource } from '@parvis/contract/shape';
import { embedKinds } from '@parvis/document/configs';
import { ComboBox } from '@parvis/ui/ComboBox';
import { Popover } from '@parvis/ui/Popover';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { ThingIcon } from '../../shell/ThingIcon.tsx';
import { focusField } from './focus-field.ts';
import { takeMade } from './made.ts';

type Kind = (typeof embedKinds)[number];
/** Milliseconds of rest before things are looked for. */
const restMs = 200;
/** The address of a thing of this house. */
const address = /\/(chat|docs|drive|meet)\/([0-9a-f-]{36})(?:#m(\d+))?/i;
const kindOf: Record<string, Kind> = { chat: 'channel', docs: 'document', drive: 'file', meet: 'meeting' };

interface Chosen {
  kind: Kind;
  ref: string;
  messageSeq: number;
}

/** What a pasted address names, where it names something of this house. */
function chosenFrom(text: string): Chosen | null {
  const [, room, ref, seq] = address.exec(text) ?? [];
  const kind = kindOf[room ?? ''];
  if (kind === undefined || ref === undefined) return null;
  return seq === undefined ? { kind, ref, messageSeq: 0 } : { kind: 'message', ref, messageSeq: Number(seq) };
}

const isEmbed = (one: Resource): one is Resource & { kind: Kind } =>
  (embedKinds as readonly string[]).includes(one.kind);

interface Props {
  kind: Kind;
  onChoose: (chosen: Chosen) => void;
  onDone: () => void;
}

/** A card that shows nothing yet: a press opens what it may show. */
export function EmbedPicker({ kind, onChoose, onDone }: Props) {
  const t = useTranslations('docsEditor');
  return (
    <Popover
      label={t('embed.choose')}
      align="start"
      defaultOpen={takeMade('embed')}
      trigger={
        <button type="button" className="docs-card docs-card-empty">
          <ThingIcon kind={kind === 'message' ? 'channel' : kind} />
          <span>{t('embed.choose')}</span>
        </button>
      }
    >
      {(close) => (
        <Search
          kind={kind}
          onChoose={(chosen) => {
            close();
            onChoose(chosen);
            onDone();
          }}
        />
      )}
    </Popover>
  );
}

/** Finds a thing by its name, or takes its address. */
function Search({ kind, onChoose }: Pick<Props, 'kind' | 'onChoose'>) {
  const t = useTranslations('docsEditor');
  const [text, setText] = useState('');
  const [found, setFound] = useState<readonly (Resource & { kind: Kind })[]>([]);
  useEffect(() => {
    if (text.trim() === '') return setFound([]);
    const stop = new AbortController();
    const timer = setTimeout(() => {
      call(find, { q: text }, { signal: stop.signal }).then(
        ({ resources }) => setFound(resources.filter(isEmbed)),
        () => undefined,
      );
    }, restMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [text]);
  const typed = (now: string) => {
    const chosen = chosenFrom(now);
    if (chosen === null) return setText(now);
    onChoose(chosen);
  };
  return (
    <div className="docs-embed-picker" ref={focusField}>
      <ComboBox
        label={t('embed.choose')}
        placeholder={t('embed.placeholder')}
        text={text}
        onText={typed}
        options={[...found]
          .sort((a, b) => Number(b.kind === kind) - Number(a.kind === kind))
          .map((one) => ({
            id: one.id,
            label: one.title,
            note: t(`embed.kinds.${one.kind}`),
            icon: <ThingIcon kind={one.kind} size="s" />,
          }))}
        onChoose={(id) => {
          const one = found.find((resource) => resource.id === id);
          if (one === undefined) return;
          onChoose({ kind: one.kind, ref: one.id, messageSeq: 0 });
        }}
        none={t('embed.noneFound')}
      />
    </div>
  );
}
