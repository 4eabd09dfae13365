'use client';
import type { Message } from '@parvis/contract/chat-entry';
import { nameList, number } from '@parvis/ui/format';
import { Icon } from '@parvis/ui/Icon';
import { SmilePlus } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { EmojiText, mayHaveEmoji } from '../../emoji/EmojiText.tsx';
import type { Here } from './here.ts';

/** Names said of one reaction; the others are counted. */
const namedMax = 12;

/** Who reacted, in words. */
function useWho(here: Here) {
  const t = useTranslations('chatMessage');
  const locale = useLocale();
  return ({ people, count }: Message['reactions'][number]) => {
    const known = people.flatMap((id) => (id === here.me.id ? [] : (here.nameOf(id) ?? [])));
    const names = people.includes(here.me.id) ? [t('you'), ...known] : known;
    const named = names.slice(0, namedMax);
    const rest = count - named.length;
    return nameList(rest > 0 ? [...named, t('others', { count: rest })] : named, locale);
  };
}

/** The reactions to a message: who, on hover and focus; a press adds mine or takes it back. */
export function Reactions({
  message,
  here,
  stops,
  id,
}: {
  message: Message;
  here: Here;
  stops: boolean;
  id: string;
}) {
  const t = useTranslations('chatMessage');
  const locale = useLocale();
  const who = useWho(here);
  if (message.reactions.length === 0) return null;
  const mayReact = here.channel.abilities.comment;
  const tabIndex = stops ? undefined : -1;
  return (
    <div className="chat-reactions" role="group" aria-label={t('reactions')} id={id}>
      {message.reactions.map((reaction) => {
        const mine = reaction.people.includes(here.me.id);
        const names = who(reaction);
        return (
          <button
            key={reaction.emoji}
            type="button"
            className="chat-reaction"
            aria-pressed={mine}
            aria-label={t('reaction', {
              emoji: reaction.emoji,
              shown: number(reaction.count, locale),
              names,
            })}
            disabled={!mayReact}
            tabIndex={tabIndex}
            onClick={() => here.react(message, reaction.emoji, !mine)}
          >
            <span aria-hidden="true">
              {mayHaveEmoji(reaction.emoji) ? <EmojiText text={reaction.emoji} /> : reaction.emoji}{' '}
              {number(reaction.count, locale)}
            </span>
            <span className="p-tip" aria-hidden="true" data-side="top" data-label={names} />
          </button>
        );
      })}
      {mayReact && (
        <button
          type="button"
          className="chat-reaction chat-react"
          aria-label={t('acts.react')}
          tabIndex={tabIndex}
          onClick={() => here.pick(message)}
        >
          <Icon of={SmilePlus} size="s" />
        </button>
      )}
    </div>
  );
}
