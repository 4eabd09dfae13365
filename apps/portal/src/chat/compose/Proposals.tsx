'use client';
import { Avatar } from '@parvis/ui/Avatar';
import { Icon } from '@parvis/ui/Icon';
import { Megaphone, SquareSlash, UsersRound } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import type { Proposal } from './found.ts';

interface Props {
  id: string;
  found: readonly Proposal[];
  at: number;
  onChoose: (proposal: Proposal) => void;
}

function keyOf(one: Proposal): string {
  switch (one.kind) {
    case 'emoji':
      return one.text;
    case 'command':
      return `/${one.word}`;
    case 'mention':
      return `${one.mention.kind} ${one.mention.id}`;
  }
}

/** Names, signs or commands for what is being typed; the field keeps the focus and has the keys. */
export function Proposals({ id, found, at, onChoose }: Props) {
  const t = useTranslations('chatCompose');
  useEffect(() => {
    document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, at]);
  return (
    <div
      id={id}
      className="chat-proposals"
      role="listbox"
      aria-label={t('proposals')}
      hidden={found.length === 0}
    >
      {found.map((one, index) => (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the field has the keys
        <div
          key={keyOf(one)}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === at}
          tabIndex={-1}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(one)}
        >
          {one.kind === 'emoji' && <EmojiLine one={one} />}
          {one.kind === 'command' && <CommandLine one={one} />}
          {one.kind === 'mention' && <MentionLine one={one} />}
        </div>
      ))}
    </div>
  );
}

function EmojiLine({ one }: { one: Extract<Proposal, { kind: 'emoji' }> }) {
  return (
    <>
      <span className="chat-proposal-sign" aria-hidden="true">
        {one.picture === null ? one.text : <img className="house-emoji" src={one.picture} alt="" />}
      </span>
      <bdi className="p-cut">{one.name}</bdi>
    </>
  );
}

function CommandLine({ one }: { one: Extract<Proposal, { kind: 'command' }> }) {
  const t = useTranslations('chatApps');
  return (
    <>
      <Icon of={SquareSlash} size="s" />
      <bdi className="chat-proposal-word">/{one.word}</bdi>
      <span className="p-meta p-cut">
        {one.own === null ? <bdi>{one.hint === '' ? t('byProgram') : one.hint}</bdi> : t(`does.${one.own}`)}
      </span>
    </>
  );
}

function MentionLine({ one: { mention, note } }: { one: Extract<Proposal, { kind: 'mention' }> }) {
  const t = useTranslations('chatCompose');
  return (
    <>
      {mention.kind === 'person' ? (
        <Avatar id={String(mention.id)} name={mention.name} size="s" />
      ) : (
        <Icon of={mention.kind === 'group' ? UsersRound : Megaphone} />
      )}
      <bdi>{mention.id === null ? `@${mention.name}` : mention.name}</bdi>
      {note && <span className="p-meta">{t(`notes.${note}`)}</span>}
    </>
  );
}
