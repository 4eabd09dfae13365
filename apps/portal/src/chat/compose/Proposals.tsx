'use client';
import { Avatar } from '@parvis/ui/Avatar';
import { Icon } from '@parvis/ui/Icon';
import { Megaphone, UsersRound } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Proposal } from './useProposals.ts';

interface Props {
  id: string;
  found: readonly Proposal[];
  at: number;
  onChoose: (proposal: Proposal) => void;
}

/** Names or signs for what is being typed; the field keeps the focus and has the keys. */
export function Proposals({ id, found, at, onChoose }: Props) {
  const t = useTranslations('chatCompose');
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
          key={one.kind === 'emoji' ? one.text : `${one.mention.kind} ${one.mention.id}`}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === at}
          tabIndex={-1}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(one)}
        >
          {one.kind === 'emoji' ? (
            <>
              <span className="chat-proposal-sign">{one.text}</span>
              <span>:{one.name}:</span>
            </>
          ) : (
            <>
              {one.mention.kind === 'person' ? (
                <Avatar id={String(one.mention.id)} name={one.mention.name} size="s" />
              ) : (
                <Icon of={one.mention.kind === 'group' ? UsersRound : Megaphone} />
              )}
              <bdi>{one.mention.id === null ? `@${one.mention.name}` : one.mention.name}</bdi>
              {one.note && <span className="p-meta">{t(`notes.${one.note}`)}</span>}
            </>
          )}
        </div>
      ))}
    </div>
  );
}
