'use client';
import type { Locale } from '@parvis/contract/shape';
import { useLocale } from 'next-intl';
import { useEffect, useState } from 'react';
import type { Where } from '../apps/commands.ts';
import type { Asked } from './asked.ts';
import type { Proposal } from './found.ts';

/** Whose people are proposed, and where commands are understood; nowhere else are they proposed. */
export interface ProposedIn {
  readonly channelId: string;
  readonly commands: Where | undefined;
}

const plain = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** Whether a line is still meant by what is typed now: Enter must not take one that no longer is. */
function fits(one: Proposal, asked: Asked | null): boolean {
  switch (asked?.sign) {
    case '@':
      return one.kind === 'mention' && plain(one.mention.name).includes(plain(asked.text));
    case '/':
      return one.kind === 'command' && one.typed.some((word) => word.startsWith(plain(asked.text)));
    case ':':
      return one.kind === 'emoji';
    default:
      return false;
  }
}

/** What may be chosen for what is being typed, and the line that Enter takes. */
export function useProposals({ channelId, commands }: ProposedIn, asked: Asked | null) {
  const locale = useLocale() as Locale;
  const [found, setFound] = useState<readonly Proposal[]>([]);
  const [at, setAt] = useState(0);
  const [closed, setClosed] = useState(-1);
  const sign = asked?.sign;
  const text = asked?.text;
  useEffect(() => {
    setAt(0);
    if (sign === undefined || text === undefined || (sign === '/' && commands === undefined)) {
      setClosed(-1);
      return setFound([]);
    }
    let current = true;
    const look = async () => {
      const { find } = await import('./found.ts');
      const next = await find({ sign, text, channelId, where: commands ?? 'channel', locale });
      if (current) setFound(next);
    };
    look().catch(() => current && setFound([]));
    return () => {
      current = false;
    };
  }, [channelId, commands, locale, sign, text]);
  // Until the answer to the last letter is there, what was found before is shown as far as it still fits.
  const fitting = found.filter((one) => fits(one, asked));
  const open = asked !== null && asked.from !== closed && fitting.length > 0;
  return {
    found: open ? fitting : [],
    at: Math.min(at, Math.max(0, fitting.length - 1)),
    setAt,
    /** Until another word is begun. */
    close: () => setClosed(asked?.from ?? -1),
  };
}
