'use client';
import { call } from '@parvis/contract/call';
import { findMentionable } from '@parvis/contract/chat-write';
import { useEffect, useState } from 'react';
import type { Asked } from './asked.ts';
import type { MentionAttrs } from './schema.ts';

/** A line of the list under an `@` or a `:`. */
export type Proposal =
  | {
      readonly kind: 'mention';
      readonly mention: MentionAttrs;
      readonly note: 'outside' | 'group' | 'channel' | 'here' | null;
    }
  | { readonly kind: 'emoji'; readonly text: string; readonly name: string };

/** Lines shown at once. */
const shownMax = 8;

async function mentions(channelId: string, text: string): Promise<Proposal[]> {
  const { people, groups } = await call(findMentionable, { id: channelId, q: text });
  const wide = (['channel', 'here'] as const).filter((kind) => kind.startsWith(text.toLowerCase()));
  return [
    ...people.map(
      ({ person, sees }): Proposal => ({
        kind: 'mention',
        mention: { kind: 'person', id: person.id, name: person.name },
        note: sees ? null : 'outside',
      }),
    ),
    ...groups.map(
      ({ id, name }): Proposal => ({
        kind: 'mention',
        mention: { kind: 'group', id, name },
        note: 'group',
      }),
    ),
    ...wide.map(
      (kind): Proposal => ({
        kind: 'mention',
        mention: { kind, id: null, name: kind },
        note: kind,
      }),
    ),
  ].slice(0, shownMax);
}

const plain = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** Whether a line is still meant by what is typed now: Enter must not take one that no longer is. */
function fits(one: Proposal, asked: Asked | null): boolean {
  if (asked === null || (one.kind === 'emoji') !== (asked.sign === ':')) return false;
  return one.kind === 'emoji' || plain(one.mention.name).includes(plain(asked.text));
}

/** What may be chosen for what is being typed, and the line that Enter takes. */
export function useProposals(channelId: string, asked: Asked | null) {
  const [found, setFound] = useState<readonly Proposal[]>([]);
  const [at, setAt] = useState(0);
  const [closed, setClosed] = useState(-1);
  const sign = asked?.sign;
  const text = asked?.text;
  useEffect(() => {
    setAt(0);
    if (sign === undefined || text === undefined) {
      setClosed(-1);
      return setFound([]);
    }
    let current = true;
    const look = async () => {
      const looking = sign === '@' ? mentions(channelId, text) : emoji(text);
      const next = await looking.catch(() => []);
      if (current) setFound(next);
    };
    void look();
    return () => {
      current = false;
    };
  }, [channelId, sign, text]);
  // Until the answer to the last letter is there, what was found before is shown as far as it still fits.
  const fitting = found.filter((one) => fits(one, asked));
  const open = asked !== null && asked.from !== closed && fitting.length > 0;
  return {
    found: open ? fitting : [],
    at,
    setAt,
    /** Until another word is begun. */
    close: () => setClosed(asked?.from ?? -1),
  };
}

async function emoji(text: string): Promise<Proposal[]> {
  const { findEmoji } = await import('./emoji-words.ts');
  return findEmoji(text, shownMax).map(([sign, name]) => ({ kind: 'emoji', text: sign, name }));
}
